import type { BookingId, Id, RefundId } from '../../shared/ids.ts';
import type { Money } from '../../shared/money.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { Requester } from '../email-correction.ts';
import type { HeldTicketsCancelledNotice, TicketsCancelledNotice } from './cancellation-notice.ts';
import type { EventChangeNotice } from './event-change-notice.ts';

/**
 * What a buyer is told about a booking. Everything else (who, which event, which seats) is read from the booking when it is sent, so a
 * notice holds no personal data but a masked address. The `late_payment_*` ones tell how money that came after the end was settled:
 * the same units, other ones (`before`: labels of those that were lost), or a full refund.
 */
export type BookingNotice =
  | EventChangeNotice
  | { readonly kind: 'booking_confirmed'; readonly bookingId: BookingId }
  | { readonly kind: 'payment_expired'; readonly bookingId: BookingId }
  | { readonly kind: 'late_payment_rebooked'; readonly bookingId: BookingId }
  | {
      readonly kind: 'late_payment_moved';
      readonly bookingId: BookingId;
      readonly before: readonly string[];
    }
  | {
      readonly kind: 'late_payment_refunded';
      readonly bookingId: BookingId;
      readonly amount: Money;
      readonly reason: 'units_gone' | 'event_over' | 'event_cancelled' | 'booking_cancelled';
    }
  | {
      readonly kind: 'booking_resent';
      readonly bookingId: BookingId;
      /** Counts the letters that were sent again for a booking. */
      readonly number: number;
      readonly by: Requester;
    }
  /** To the former address: an organizer changed it. */
  | {
      readonly kind: 'address_corrected';
      readonly bookingId: BookingId;
      /** The letter that went to the new address; the correction is kept by it. */
      readonly correctionId: Id<'ntf'>;
      /** The new address, masked: `a…@e…`. */
      readonly masked: string;
    }
  | TicketsCancelledNotice
  | HeldTicketsCancelledNotice
  | {
      readonly kind: 'refund_sent' | 'refund_failed';
      readonly bookingId: BookingId;
      readonly refundId: RefundId;
      readonly amount: Money;
    };

/** What tells several of a kind apart that are about one booking. */
export const subjectOfBooking = (notice: BookingNotice): string => {
  const { bookingId } = notice;
  switch (notice.kind) {
    case 'booking_confirmed':
    case 'payment_expired':
    case 'late_payment_rebooked':
    case 'late_payment_moved':
    case 'late_payment_refunded':
      return bookingId;
    case 'event_cancelled':
      return joined(bookingId, notice.holderId);
    case 'event_postponed':
    case 'event_moved':
      return joined(bookingId, notice.changeId, notice.holderId);
    case 'booking_resent':
      return joined(bookingId, notice.number);
    case 'address_corrected':
      return notice.correctionId;
    case 'tickets_cancelled':
      return joined(bookingId, notice.revision);
    case 'held_tickets_cancelled':
      return joined(bookingId, notice.revision, notice.holderId);
    case 'refund_sent':
    case 'refund_failed':
      return notice.refundId;
    default:
      return unreachable(notice);
  }
};

const joined = (...parts: readonly (string | number | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('/');

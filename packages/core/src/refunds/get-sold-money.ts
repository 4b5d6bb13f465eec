import type { Booking } from '../bookings/booking.ts';
import { getBooking } from '../bookings/get-booking.ts';
import type { OfflineMethod } from '../bookings/organizer-sale.ts';
import type { BookingStore } from '../bookings/ports.ts';
import { refundableOf } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/stores.ts';
import type { BookingId, OrganizationId, PaymentId } from '../shared/ids.ts';
import { type Money, money } from '../shared/money.ts';
import type { RefundStore } from './ports.ts';
import { forOrganizer, type OrganizerRefund } from './refund-view.ts';

/** The money of a booking as the organization sees it. */
export type SoldMoney = {
  /** null: nothing was to be paid. */
  readonly payment: {
    readonly id: PaymentId;
    readonly method: OfflineMethod | 'provider';
    readonly captured: Money;
    readonly refundable: Money;
  } | null;
  /** The oldest first. */
  readonly refunds: readonly OrganizerRefund[];
};

export type SoldMoneyDeps = {
  readonly payments: Pick<PaymentStore, 'find'>;
  readonly refunds: Pick<RefundStore, 'listOfBooking'>;
};

/** What came in for a booking, what went back, and what still can. Throws `thing.not_found` for another organization's. */
export const getSoldMoney = async (
  deps: SoldMoneyDeps & { readonly bookings: Pick<BookingStore, 'find'> },
  { organizationId, bookingId }: { readonly organizationId: OrganizationId; readonly bookingId: BookingId },
): Promise<SoldMoney> => soldMoneyOf(deps, await getBooking(deps, { bookingId, reader: { organizationId } }));

/** The same of a booking that the caller may see. */
export const soldMoneyOf = async (
  deps: SoldMoneyDeps,
  { id, paymentId }: Pick<Booking, 'id' | 'paymentId'>,
): Promise<SoldMoney> => {
  const [payment, refunds] = await Promise.all([
    paymentId === null ? null : deps.payments.find(paymentId),
    deps.refunds.listOfBooking(id),
  ]);
  const shown = refunds.map(forOrganizer);
  if (payment === null) return { payment: null, refunds: shown };
  const currency = payment.capturedCurrency ?? payment.due.currency;
  return {
    payment: {
      id: payment.id,
      method: payment.offline?.method ?? 'provider',
      captured: money(payment.captured, currency),
      refundable: money(refundableOf(payment), currency),
    },
    refunds: shown,
  };
};

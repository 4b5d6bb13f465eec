import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import { type HeldTicketsDeps, heldTickets } from './held-tickets.ts';
import type { BookingNotice } from './notices/booking-notice.ts';
import type { Notification } from './notification.ts';
import type { SendResult } from './ports.ts';
import { mintTicketLink, type SendSmsOnceDeps, sendSmsOnce } from './send-sms-once.ts';
import { bookingLetterOf } from './templates/booking-letter-of.ts';
import { bringsTickets, smsOf } from './templates/sms-of.ts';

export type SendSmsDeps = HeldTicketsDeps & SendSmsOnceDeps;

/** Tells a buyer by SMS, at most once, as `sendSmsOnce` promises. null: it was not sent by this call. */
export const sendSms = (
  deps: SendSmsDeps,
  {
    notice,
    ...record
  }: Pick<Notification, 'id' | 'status' | 'attempts'> & { readonly notice: BookingNotice },
  booking: Booking,
): Promise<SendResult | null> => {
  const { organizationId, buyer } = booking;
  const counted = { phone: buyer.phone, person: personOf(booking), organizationId };
  return sendSmsOnce(deps, record, counted, () => textOf(deps, notice, booking));
};

const textOf = async (deps: SendSmsDeps, notice: BookingNotice, booking: Booking): Promise<string> => {
  const tickets = await heldTickets(deps, booking);
  if (!bringsTickets(notice.kind)) return bookingLetterOf({ notice, booking, tickets }).summary;
  return smsOf(notice.kind, booking, tickets.length, await mintTicketLink(deps, booking));
};

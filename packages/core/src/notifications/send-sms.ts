import type { Booking } from '../bookings/booking.ts';
import { addMs, type Clock } from '../shared/clock.ts';
import { type HeldTicketsDeps, heldTickets } from './held-tickets.ts';
import type { BookingNotice, Notification } from './notification.ts';
import type { SendResult, SmsCounted, TicketLinkSource, TicketLinkStore } from './ports.ts';
import { type SendSmsOnceDeps, sendSmsOnce } from './send-sms-once.ts';
import { letterOf } from './templates/letter-of.ts';
import { bringsTickets, smsOf } from './templates/sms-of.ts';
import { LINK_KEPT_MS } from './ticket-link.ts';

export type SendSmsDeps = HeldTicketsDeps &
  SendSmsOnceDeps & {
    readonly links: Pick<TicketLinkStore, 'insert'>;
    readonly linkSource: Pick<TicketLinkSource, 'mint'>;
    /** Where people reach us: `https://tickets.example`. */
    readonly publicUrl: string;
    readonly clock: Clock;
  };

/**
 * Tells a buyer something by SMS, at most once (see sendSmsOnce). null: it was not sent by this call. A crash before it was claimed leaves a
 * link that nobody has.
 */
export const sendSms = async (
  deps: SendSmsDeps,
  {
    id,
    notice,
    status,
    attempts,
  }: Pick<Notification, 'id' | 'status' | 'attempts'> & {
    readonly notice: BookingNotice;
  },
  booking: Booking,
): Promise<SendResult | null> => {
  const { phone } = booking.buyer;
  return await sendSmsOnce(
    deps,
    { id, status, attempts },
    phone === null ? null : countedOf(booking, phone),
    () => textOf(deps, notice, booking),
  );
};

const countedOf = ({ userId, sale, organizationId }: Booking, phone: string): SmsCounted => ({
  phone,
  person: userId ?? sale?.person ?? null,
  organizationId,
});

const textOf = async (deps: SendSmsDeps, notice: BookingNotice, booking: Booking): Promise<string> => {
  const tickets = await heldTickets(deps, booking);
  if (!bringsTickets(notice.kind)) return letterOf({ notice, booking, tickets }).summary;
  const { code, hash } = deps.linkSource.mint();
  const now = deps.clock.now();
  const keptFrom = new Date(Math.max(now.getTime(), booking.event.startsAt.at.getTime()));
  await deps.links.insert({
    hash,
    bookingId: booking.id,
    createdAt: now,
    dropAt: addMs(keptFrom, LINK_KEPT_MS),
  });
  return smsOf(notice.kind, booking, tickets.length, `${deps.publicUrl.replace(/\/+$/, '')}/t/${code}`);
};

import type { Booking } from '../bookings/booking.ts';
import { addMs, type Clock } from '../shared/clock.ts';
import { type HeldTicketsDeps, heldTickets } from './held-tickets.ts';
import type { BookingNotice, Notification } from './notification.ts';
import type {
  NotificationStore,
  SendResult,
  SmsAllowance,
  SmsCounted,
  SmsSender,
  TicketLinkSource,
  TicketLinkStore,
} from './ports.ts';
import { letterOf } from './templates/letter-of.ts';
import { bringsTickets, smsOf } from './templates/sms-of.ts';
import { LINK_KEPT_MS } from './ticket-link.ts';

export type SendSmsDeps = HeldTicketsDeps & {
  readonly notifications: Pick<NotificationStore, 'claim' | 'markFailed'>;
  readonly links: Pick<TicketLinkStore, 'insert'>;
  readonly linkSource: Pick<TicketLinkSource, 'mint'>;
  /** Where people reach us: `https://tickets.example`. */
  readonly publicUrl: string;
  readonly sms: SmsSender;
  readonly smsAllowance: SmsAllowance;
  readonly clock: Clock;
};

/**
 * Sends an SMS at most once: the record is claimed before the provider is asked, and one that was claimed before is given up, because
 * whether it went out is unknown. null: it was not sent by this call. A crash before the claim leaves a link that nobody has.
 * What is over the allowance of a day is given up. Throws `service.unreachable` while that cannot be counted: it costs money, so it waits.
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
  if (status === 'sending' || phone === null) {
    const reason = phone === null ? 'the buyer gave no phone number' : 'whether it was sent is unknown';
    await deps.notifications.markFailed(id, reason);
    return null;
  }
  // Another try is the same SMS: it was counted before the first.
  const usedUp = attempts > 0 ? null : await deps.smsAllowance.take(countedOf(booking, phone));
  if (usedUp !== null) {
    await deps.notifications.markFailed(id, WHY_NOT[usedUp]);
    return null;
  }
  const text = await textOf(deps, notice, booking);
  if (!(await deps.notifications.claim(id))) return null;
  return await deps.sms.send({ id, to: phone, text });
};

const WHY_NOT = {
  phone: 'limit: this phone number gets no more SMS today',
  person: 'limit: this buyer gets no more SMS today',
  organizationId: 'limit: no more SMS go out for this organization today',
} as const satisfies Record<keyof SmsCounted, string>;

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

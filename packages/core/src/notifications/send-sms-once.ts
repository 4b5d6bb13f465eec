import type { Booking } from '../bookings/booking.ts';
import { addMs, type Clock } from '../shared/clock.ts';
import type { TicketId } from '../shared/ids.ts';
import type { Notification } from './notification.ts';
import type {
  NotificationStore,
  SendResult,
  SmsAllowance,
  SmsCounted,
  SmsSender,
  TicketLinkSource,
  TicketLinkStore,
} from './ports.ts';
import { LINK_KEPT_MS } from './ticket-link.ts';

export type SendSmsOnceDeps = {
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
export const sendSmsOnce = async (
  deps: SendSmsOnceDeps,
  { id, status, attempts }: Pick<Notification, 'id' | 'status' | 'attempts'>,
  counted: Omit<SmsCounted, 'phone'> & { readonly phone: string | null },
  textOf: () => Promise<string>,
): Promise<SendResult | null> => {
  const { phone } = counted;
  if (status === 'sending' || phone === null) {
    const reason = phone === null ? 'the buyer gave no phone number' : 'whether it was sent is unknown';
    await deps.notifications.markFailed(id, reason);
    return null;
  }
  // Another try is the same SMS: it was counted before the first.
  const usedUp = attempts > 0 ? null : await deps.smsAllowance.take({ ...counted, phone });
  if (usedUp !== null) {
    await deps.notifications.markFailed(id, WHY_NOT[usedUp]);
    return null;
  }
  const text = await textOf();
  if (!(await deps.notifications.claim(id))) return null;
  return await deps.sms.send({ id, to: phone, text });
};

const WHY_NOT = {
  phone: 'limit: this phone number gets no more SMS today',
  person: 'limit: this buyer gets no more SMS today',
  organizationId: 'limit: no more SMS go out for this organization today',
} as const satisfies Record<keyof SmsCounted, string>;

/** The address of a new ticket link, kept by its hash: to what the buyer holds, or to one ticket that was passed on. */
export const mintTicketLink = async (
  { links, linkSource, publicUrl, clock }: SendSmsOnceDeps,
  { id: bookingId, event }: Booking,
  ticketId?: TicketId,
): Promise<string> => {
  const { code, hash } = linkSource.mint();
  const now = clock.now();
  const keptFrom = new Date(Math.max(now.getTime(), event.startsAt.at.getTime()));
  await links.insert({
    hash,
    bookingId,
    ...(ticketId !== undefined && { ticketId }),
    createdAt: now,
    dropAt: addMs(keptFrom, LINK_KEPT_MS),
  });
  return `${publicUrl.replace(/\/+$/, '')}/t/${code}`;
};

import type { Intent } from '../payments/ports.ts';
import type { BookingId } from '../shared/ids.ts';
import type { OutboxMessage } from '../shared/outbox.ts';

/**
 * "Money has come": once per booking and intent, whoever noticed it (webhook, the buyer's return page, the end of the
 * booking). `seenAt` stands in when the provider does not say when it was paid.
 */
export const finalizeMessage = (
  bookingId: BookingId,
  intent: Intent,
  seenAt: Date,
  now: Date,
): OutboxMessage => ({
  job: 'booking.finalize',
  payload: {
    bookingId,
    money: {
      intentId: intent.id,
      amount: intent.received,
      currency: intent.due.currency,
      paidAt: intent.paidAt ?? seenAt,
    },
  },
  dueAt: now,
  key: `finalize:${bookingId}:${intent.id}`,
});

import type { JobPayload } from '../jobs.ts';
import type { Intent } from '../payments/ports.ts';
import type { BookingId } from '../shared/ids.ts';
import { applyDispute } from './apply-dispute.ts';
import { finalizeMessage } from './finalize-message.ts';
import { followProviderRefund } from './follow-provider-refund.ts';
import { done, type JobResult } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ProcessWebhookDeps = Pick<
  SaleDeps,
  | 'unitOfWork'
  | 'outbox'
  | 'clock'
  | 'ids'
  | 'webhooks'
  | 'bookings'
  | 'payments'
  | 'refunds'
  | 'disputes'
  | 'incidents'
  | 'notifications'
>;

/**
 * Job `payment.process_webhook`: what a provider told besides "money has come". Deliveries come late, twice and out of
 * order, so each only moves a state forward where its table allows, and is otherwise nothing.
 */
export const processWebhook = async (
  deps: ProcessWebhookDeps,
  { webhookId }: JobPayload<'payment.process_webhook'>,
): Promise<JobResult> => {
  const stored = await deps.webhooks.find(webhookId);
  if (stored === null) return done;
  const { event } = stored;
  if (event.about === 'intent') await onIntent(deps, webhookId, event.intent, event.createdAt);
  if (event.about === 'refund') return followProviderRefund(deps, event.refund);
  if (event.about === 'dispute') await applyDispute(deps, event.dispute, event.createdAt);
  return done;
};

const onIntent = async (
  deps: ProcessWebhookDeps,
  webhookId: string,
  intent: Intent,
  at: Date,
): Promise<void> => {
  const payment = await deps.payments.findByIntent(intent.id);
  // Not ours (another system on the same account), or an intent that nobody can pay: see obtainIntent.
  if (payment === null) return;
  if (intent.lastDecline !== null) await deps.payments.noteDecline(payment.id, { ...intent.lastDecline, at });
  const now = deps.clock.now();
  switch (intent.status) {
    case 'open':
      return endAgain(deps, webhookId, payment.bookingId);
    case 'processing':
      await deps.payments.markProcessing(payment.id);
      return endAgain(deps, webhookId, payment.bookingId);
    case 'succeeded':
      await deps.unitOfWork.run((tx) =>
        deps.outbox.add(tx, [finalizeMessage(payment.bookingId, intent, at, now)]),
      );
      return;
    case 'cancelled':
      // Cancelled by hand at the provider: the booking cannot be paid any more. Our own cancelling is past `pending`.
      await deps.unitOfWork.run((tx) =>
        deps.outbox.add(tx, [
          {
            job: 'booking.close',
            payload: { bookingId: payment.bookingId, reason: 'organizer' },
            dueAt: now,
            key: `close:${payment.bookingId}:intent`,
          },
        ]),
      );
  }
};

/**
 * The bank has moved on a booking that is over, or about to be. The row that waited for it may come late or have been given
 * up, so the end is tried again: each delivery once.
 */
const endAgain = async (deps: ProcessWebhookDeps, webhookId: string, bookingId: BookingId): Promise<void> => {
  const booking = await deps.bookings.find(bookingId);
  const dueAt = deps.clock.now();
  if (booking?.status === 'closing')
    await deps.unitOfWork.run((tx) =>
      deps.outbox.add(tx, [
        {
          job: 'booking.close',
          payload: { bookingId, reason: booking.closeReason ?? 'unpaid' },
          dueAt,
          key: `close:${bookingId}:${webhookId}`,
        },
      ]),
    );
  if (booking?.status === 'expired')
    await deps.unitOfWork.run((tx) =>
      deps.outbox.add(tx, [
        { job: 'payment.follow', payload: { bookingId }, dueAt, key: `follow:${bookingId}:${webhookId}` },
      ]),
    );
};

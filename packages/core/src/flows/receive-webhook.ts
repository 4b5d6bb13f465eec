import type { ProviderEvent } from '../payments/ports.ts';
import { WebhookSeen } from '../payments/stores.ts';
import type { OutboxMessage } from '../shared/outbox.ts';
import { finalizeMessage } from './finalize-message.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ReceiveWebhookDeps = Pick<SaleDeps, 'unitOfWork' | 'outbox' | 'clock' | 'webhooks' | 'gateway'>;

/**
 * Takes a provider's delivery: verified on the raw body, stored by the provider's event id together with the row of its
 * follow-up, and only then acknowledged. A repeated delivery is acknowledged and does nothing more: its follow-up was
 * stored with the first. Throws `webhook.bad_signature`; anything else that is thrown must be answered with a 5xx, so
 * that the provider delivers again.
 *
 * Budget: three round trips to Mongo, none to Redis.
 */
export const receiveWebhook = async (
  deps: ReceiveWebhookDeps,
  { rawBody, signature }: { readonly rawBody: string; readonly signature: string },
): Promise<'stored' | 'seen'> => {
  const event = await deps.gateway.readWebhook(rawBody, signature);
  const receivedAt = deps.clock.now();
  try {
    await deps.unitOfWork.run(async (tx) => {
      await deps.webhooks.insert(tx, { id: event.id, event: withoutSecret(event), receivedAt });
      await deps.outbox.add(tx, [followUp(event, receivedAt)]);
    });
    return 'stored';
  } catch (error) {
    if (error instanceof WebhookSeen) return 'seen';
    throw error;
  }
};

/** The client secret lets anybody pay or read the intent: it is not kept. */
const withoutSecret = (event: ProviderEvent): ProviderEvent =>
  event.about === 'intent' ? { ...event, intent: { ...event.intent, clientSecret: null } } : event;

const followUp = (event: ProviderEvent, now: Date): OutboxMessage =>
  event.about === 'intent' && event.intent.status === 'succeeded' && event.intent.bookingId !== null
    ? finalizeMessage(event.intent.bookingId, event.intent, event.createdAt, now)
    : {
        job: 'payment.process_webhook',
        payload: { webhookId: event.id },
        dueAt: now,
        key: `webhook:${event.id}`,
      };

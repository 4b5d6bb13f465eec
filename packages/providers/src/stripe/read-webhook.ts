import type { ProviderEvent } from '@eventhorizon/core/payments/ports';
import type { Clock } from '@eventhorizon/core/shared/clock';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type Stripe from 'stripe';
import { toProviderDispute } from './stripe-dispute.ts';
import { toIntent, toProviderRefund } from './stripe-intent.ts';

/** Stripe signs with the time; older signatures could be replays (docs.stripe.com/webhooks#replay-attacks). */
const TOLERANCE_S = 300;

/** Types of one family that carry the object itself. (`charge.refunded` carries a charge, and is told by `refund.*` too.) */
const isAbout = (family: 'payment_intent' | 'refund' | 'charge.dispute', type: string): boolean =>
  type.startsWith(`${family}.`);

/**
 * Verifies and reads a webhook. Only fields that have been the same in every version of Stripe's API are read, because the endpoint's version
 * is set in Stripe's dashboard and may differ from the SDK's. Throws DomainError `webhook.bad_signature`.
 */
export const readWebhook = async (
  stripe: Stripe,
  secret: string,
  clock: Clock,
  rawBody: string,
  signature: string,
): Promise<ProviderEvent> => {
  const now = clock.now().getTime();
  const event = await stripe.webhooks
    .constructEventAsync(rawBody, signature, secret, TOLERANCE_S, undefined, now)
    .catch((error: unknown) => {
      // Some malformed headers make the SDK throw plain errors. The SDK's own error carries the body, which is not for logs.
      const reason = error instanceof Error ? error.message : 'verification failed';
      throw new DomainError('webhook.bad_signature', {}, { cause: new Error(reason) });
    });
  const createdAt = new Date(event.created * 1_000);
  const about = { id: event.id, type: event.type, createdAt };
  // The union of event types is the SDK's version's; the endpoint's version may know others, so the object is told by its type's family.
  if (isAbout('payment_intent', event.type)) {
    const intent = event.data.object as Stripe.PaymentIntent;
    return { ...about, about: 'intent', intent: toIntent(intent, createdAt) };
  }
  if (isAbout('refund', event.type))
    return { ...about, about: 'refund', refund: toProviderRefund(event.data.object as Stripe.Refund) };
  if (isAbout('charge.dispute', event.type))
    return { ...about, about: 'dispute', dispute: toProviderDispute(event.data.object as Stripe.Dispute) };
  return { ...about, about: 'other' };
};

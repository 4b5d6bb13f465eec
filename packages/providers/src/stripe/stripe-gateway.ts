import { intentKey } from '@eventhorizon/core/payments/payment';
import type {
  CreateIntent,
  GatewayResult,
  Intent,
  PaymentGateway,
  ProviderRefund,
} from '@eventhorizon/core/payments/ports';
import type { Clock } from '@eventhorizon/core/shared/clock';
import type { Money } from '@eventhorizon/core/shared/money';
import Stripe from 'stripe';
import { readWebhook } from './read-webhook.ts';
import { type StripeConnection, stripeClient } from './stripe-client.ts';
import { toStripeAmount } from './stripe-currency.ts';
import { toIntent, toProviderRefund } from './stripe-intent.ts';
import { isStoredServerError, outcomeOf } from './stripe-outcome.ts';

export type StripeGatewayOptions = StripeConnection & {
  readonly webhookSecret: string;
  readonly clock: Clock;
};

/** `rejected` code of an attempt under whose key Stripe keeps a server error: no intent can be had from this key any more. */
export const STORED_SERVER_ERROR = 'stored_server_error';
/** `rejected` code of an amount that Stripe has no way to charge exactly; see stripe-currency.ts. */
export const AMOUNT_NOT_CHARGEABLE = 'amount_not_chargeable';

const ok = <T>(value: T): GatewayResult<T> => ({ outcome: 'ok', value });

const notChargeable = ({ amount, currency }: Money): GatewayResult<never> => ({
  outcome: 'rejected',
  code: AMOUNT_NOT_CHARGEABLE,
  message: `Stripe cannot charge exactly ${amount} minor units of ${currency}`,
});

/** An answer from under an idempotency key tells how things stood the first time, not how they stand now. */
const isReplayed = (object: {
  readonly lastResponse: { readonly headers: Record<string, string> };
}): boolean => object.lastResponse.headers['idempotent-replayed'] === 'true';

const attempt = async <T>(call: () => Promise<T>): Promise<GatewayResult<T>> => {
  try {
    return ok(await call());
  } catch (error) {
    // A status that is not known here is a RangeError: what happened at Stripe is not understood, so nothing may follow from it.
    if (error instanceof RangeError) return { outcome: 'unknown', message: error.message };
    return outcomeOf(error);
  }
};

/** The Stripe adapter of the payment port, over the `stripe` SDK. */
export const stripeGateway = (options: StripeGatewayOptions): PaymentGateway => {
  const stripe = stripeClient(options);

  /** With the charge, whose creation says when it was paid. */
  const fetchIntent = async (id: string): Promise<Intent> =>
    toIntent(await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }));

  const createIntent = async (command: CreateIntent): Promise<GatewayResult<Intent>> => {
    const amount = toStripeAmount(command.due);
    if (amount === null) return notChargeable(command.due);
    const { bookingId, paymentId, eventId } = command;
    try {
      const created = await stripe.paymentIntents.create(
        {
          amount,
          currency: command.due.currency.toLowerCase(),
          automatic_payment_methods: { enabled: true },
          description: command.description,
          metadata: { bookingId, paymentId, eventId },
        },
        { idempotencyKey: intentKey(bookingId, command.attempt) },
      );
      return await attempt(async () => (isReplayed(created) ? fetchIntent(created.id) : toIntent(created)));
    } catch (error) {
      // Stripe may have made an intent then, but its client secret was never given to anybody, so nobody can pay it: a new attempt is safe.
      if (isStoredServerError(error))
        return {
          outcome: 'rejected',
          code: STORED_SERVER_ERROR,
          message: 'Stripe keeps a server error under this attempt',
        };
      return outcomeOf(error);
    }
  };

  /**
   * No key of ours: cancelling twice is harmless, while a fixed key would for a day repeat "it is processing" with the intent as it was.
   * (The SDK makes a key for its own repetition.)
   */
  const cancelIntent = async (intentId: string): Promise<GatewayResult<Intent>> => {
    const cancelled = await attempt(async () => {
      try {
        return toIntent(await stripe.paymentIntents.cancel(intentId, { cancellation_reason: 'abandoned' }));
      } catch (error) {
        const stands =
          error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state';
        if (!stands) throw error;
        return fetchIntent(intentId);
      }
    });
    return cancelled;
  };

  return {
    createIntent,
    getIntent: (intentId) => attempt(() => fetchIntent(intentId)),
    cancelIntent,
    refund: async ({ refundId, intentId, amount: money }): Promise<GatewayResult<ProviderRefund>> => {
      const amount = toStripeAmount(money);
      if (amount === null) return notChargeable(money);
      return attempt(async () => {
        // A stored 500 stays `unknown` here: the money may be on its way, and only `findRefund` can tell.
        const made = await stripe.refunds.create(
          { payment_intent: intentId, amount, metadata: { refundId } },
          { idempotencyKey: `refund:${refundId}` },
        );
        return toProviderRefund(isReplayed(made) ? await stripe.refunds.retrieve(made.id) : made);
      });
    },
    findRefund: (intentId, refundId) =>
      attempt(async () => {
        for await (const refund of stripe.refunds.list({ payment_intent: intentId, limit: 100 }))
          if (refund.metadata?.refundId === refundId) return toProviderRefund(refund);
        return null;
      }),
    readWebhook: (rawBody, signature) =>
      readWebhook(stripe, options.webhookSecret, options.clock, rawBody, signature),
  };
};

import type Stripe from 'stripe';
import type { SandboxOptions } from '../options.ts';
import { type BoundedMap, boundedMap } from '../shared/bounded-map.ts';
import type { TestMethod } from './test-payment-methods.ts';

/** Objects are never changed in place: a change stores a new one, so an event keeps the object as it was. */
export type StripeState = {
  readonly intents: BoundedMap<Stripe.PaymentIntent>;
  readonly charges: BoundedMap<Stripe.Charge>;
  readonly refunds: BoundedMap<Stripe.Refund>;
  readonly disputes: BoundedMap<Stripe.Dispute>;
  /** Which test method an intent is being paid with. */
  readonly methods: BoundedMap<TestMethod>;
};

export type EventObject = Stripe.PaymentIntent | Stripe.Refund | Stripe.Dispute;

/** Where an event comes from: null for what happened without a request. */
export type EventCause = { readonly requestId: string; readonly idempotencyKey: string | null } | null;

/** How the next refunds go, instead of what their payment method says. */
export type RefundFate = TestMethod['refund'];

/** What Stripe's operations work on. */
export type StripeBackend = {
  readonly options: SandboxOptions;
  readonly state: StripeState;
  /** Seconds since the epoch, as Stripe counts. */
  readonly nowSeconds: () => number;
  readonly emit: (type: Stripe.Event['type'], object: EventObject, cause: EventCause) => void;
  /** Runs something later, unless the sandbox stops first. */
  readonly later: (delayMs: number, run: () => void) => void;
  /** Consumed from the front. */
  readonly refundFates: RefundFate[];
};

export const stripeState = (keep: number): StripeState => ({
  intents: boundedMap(keep),
  charges: boundedMap(keep),
  refunds: boundedMap(keep),
  disputes: boundedMap(keep),
  methods: boundedMap(keep),
});

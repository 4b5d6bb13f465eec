import type Stripe from 'stripe';

export type DeliveryStatus = 'waiting' | 'held' | 'delivered' | 'dropped' | 'failed';

export type Attempt = {
  readonly at: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
};

/** One copy of an event on its way to the endpoint. Every copy of an event carries the same event id. */
export type Delivery = {
  readonly id: string;
  readonly event: Stripe.Event;
  readonly copy: number;
  readonly status: DeliveryStatus;
  readonly attempts: readonly Attempt[];
};

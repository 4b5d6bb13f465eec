import type Stripe from 'stripe';
import { randomId } from '../shared/random-id.ts';
import type { EventCause, EventObject } from './backend.ts';

/** A snapshot event, with the object as it was when it happened. */
export const newEvent = (
  type: Stripe.Event['type'],
  object: EventObject,
  cause: EventCause,
  created: number,
  apiVersion: string,
): Stripe.Event => {
  const event = {
    id: randomId('evt_'),
    object: 'event',
    api_version: apiVersion,
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: cause?.requestId ?? null, idempotency_key: cause?.idempotencyKey ?? null },
    type,
  };
  // Stripe.Event pairs each type with its object in a union of over 200 members; callers pair them rightly.
  return event as Stripe.Event;
};

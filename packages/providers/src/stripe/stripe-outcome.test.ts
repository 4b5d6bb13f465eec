import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './stripe-outcome.ts';

describe('what an error of Stripe means', () => {
  it('a Retry-After is honoured', () => {
    const error = new Stripe.errors.StripeRateLimitError({
      type: 'invalid_request_error',
      statusCode: 429,
      headers: { 'retry-after': '7' },
    });
    expect(outcomeOf(error)).toEqual({ outcome: 'limited', retryAfterMs: 7_000 });
  });

  it('an error that is not of Stripe is a bug of ours and is thrown', () => {
    expect(() => outcomeOf(new TypeError('oops'))).toThrow('oops');
  });
});

import type { Booking } from '../bookings/booking.ts';
import type { Payment } from '../payments/payment.ts';
import { type ObtainIntentDeps, obtainIntent } from './obtain-intent.ts';
import type { PaymentStep } from './payment-step.ts';
import { takeToken } from './take-token.ts';

/**
 * What the buyer of this booking has to do to pay, with the secret to do it. Never throws for the provider's sake: when the
 * provider is slow, limited or refuses, the answer is `preparing` and the worker goes on.
 */
export const openPayment = async (
  deps: ObtainIntentDeps,
  booking: Booking,
  payment: Payment | null,
): Promise<PaymentStep> => {
  if (booking.status === 'confirmed') return { state: booking.paymentId === null ? 'free' : 'paid' };
  if (booking.status !== 'pending') return { state: 'ended' };
  if (payment === null || booking.payBy === null) return { state: 'free' };
  if (payment.status === 'captured') return { state: 'processing' };

  const preparing: PaymentStep = { state: 'preparing', payBy: booking.payBy };
  if (payment.intentId !== null) return readyAgain(deps, booking.payBy, payment.intentId);
  const obtained = await obtainIntent(deps, booking, payment);
  if (obtained.outcome === 'sealed') return { state: 'ended' };
  if (obtained.outcome !== 'ready' || obtained.intent.clientSecret === null) return preparing;
  return { state: 'ready', clientSecret: obtained.intent.clientSecret, payBy: obtained.payBy };
};

/** The secret is not stored: a buyer who comes back gets it from the provider. */
const readyAgain = async (
  { gateway, rateLimit }: ObtainIntentDeps,
  payBy: Date,
  intentId: string,
): Promise<PaymentStep> => {
  // Buyers who poll share the bucket with everybody who wants an intent.
  if (!(await takeToken(rateLimit))) return { state: 'preparing', payBy };
  const answer = await gateway.getIntent(intentId);
  if (answer.outcome !== 'ok') return { state: 'preparing', payBy };
  const { status, clientSecret } = answer.value;
  switch (status) {
    case 'open':
      return clientSecret === null ? { state: 'preparing', payBy } : { state: 'ready', clientSecret, payBy };
    case 'processing':
    case 'succeeded':
      return { state: 'processing' };
    case 'cancelled':
      return { state: 'ended' };
  }
};

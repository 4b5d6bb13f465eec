import { type Booking, PAYMENT_WINDOW_MS } from '../bookings/booking.ts';
import type { Payment } from '../payments/payment.ts';
import type { Intent } from '../payments/ports.ts';
import { addMs } from '../shared/clock.ts';
import { intentRequest } from './intent-request.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';
import { takeToken } from './take-token.ts';

export type ObtainIntentDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'clock' | 'ids' | 'bookings' | 'payments' | 'incidents' | 'gateway' | 'rateLimit'
>;

export type ObtainIntentOutcome =
  | { readonly outcome: 'ready'; readonly intent: Intent; readonly payBy: Date }
  /** null: nothing is known about when; ask again by and by. */
  | { readonly outcome: 'later'; readonly reason: string; readonly retryAfterMs: number | null }
  | { readonly outcome: 'rejected'; readonly reason: string; readonly final: boolean }
  /** The booking is ending: nobody may pay it any more. */
  | { readonly outcome: 'sealed' };

/** After so many definitive refusals an organizer is told and nothing more is tried. */
export const MAX_INTENT_ATTEMPTS = 3;

/**
 * An intent that is ready this soon after checkout does not move the time to pay: it is the checkout's own call, or nearly.
 * Whoever was told `preparing` and waited longer gets all of the time to pay.
 */
const PROMPT_MS = 2_000;

/** How long to wait for a token of the provider's rate limit. */
const TOKEN_WAIT_MS = 1_000;

/**
 * Gets the intent of a booking's payment, outside any lock or transaction. Safe to call from many places at once: the
 * provider's key (booking and attempt) gives all of them the same intent, and only an intent that was noted on an
 * unsealed payment may be handed out. So an intent that nobody noted cannot be paid by anybody.
 */
export const obtainIntent = async (
  deps: ObtainIntentDeps,
  booking: Booking,
  payment: Payment,
): Promise<ObtainIntentOutcome> => {
  if (payment.sealed) return { outcome: 'sealed' };
  if (payment.attempt >= MAX_INTENT_ATTEMPTS)
    return giveUp(deps, booking, payment, 'the payment provider refused repeatedly');
  if (!(await takeToken(deps.rateLimit)))
    return { outcome: 'later', reason: 'provider rate limit', retryAfterMs: TOKEN_WAIT_MS };

  const created = await deps.gateway.createIntent(intentRequest(booking, payment));
  switch (created.outcome) {
    case 'ok':
      return note(deps, booking, payment, created.value);
    case 'limited':
      return { outcome: 'later', reason: 'provider rate limit', retryAfterMs: created.retryAfterMs };
    case 'unknown':
      return { outcome: 'later', reason: created.message, retryAfterMs: null };
    case 'rejected':
      await deps.payments.raiseAttempt(payment.id, payment.attempt);
      return payment.attempt + 1 >= MAX_INTENT_ATTEMPTS
        ? giveUp(deps, booking, payment, created.message)
        : { outcome: 'rejected', reason: created.message, final: false };
  }
};

const giveUp = async (
  deps: ObtainIntentDeps,
  booking: Booking,
  { due }: Payment,
  reason: string,
): Promise<ObtainIntentOutcome> => {
  await deps.unitOfWork.run((tx) =>
    openIncident(deps, tx, booking, 'intent_rejected', `intent:${booking.id}`, {
      reason,
      amount: due.amount,
      currency: due.currency,
    }),
  );
  return { outcome: 'rejected', reason, final: true };
};

const note = async (
  { unitOfWork, clock, bookings, payments }: ObtainIntentDeps,
  booking: Booking,
  payment: Payment,
  intent: Intent,
): Promise<ObtainIntentOutcome> => {
  const now = clock.now();
  const payBy = booking.payBy ?? addMs(now, PAYMENT_WINDOW_MS);
  if (now.getTime() - booking.createdAt.getTime() <= PROMPT_MS) {
    const noted = await payments.recordIntent(payment.id, payment.attempt, intent.id);
    return noted === 'refused' ? whyRefused(payments, payment) : { outcome: 'ready', intent, payBy };
  }
  // Late: the buyer could not pay until now. Moves once, together with the only noting of the intent.
  // What was assigned from a waitlist has longer to be paid than the usual time.
  const moved = new Date(Math.max(payBy.getTime(), now.getTime() + PAYMENT_WINDOW_MS));
  const noted = await unitOfWork.run(async (tx) => {
    const result = await payments.recordIntent(payment.id, payment.attempt, intent.id, tx);
    if (result === 'recorded') await bookings.movePayBy(tx, booking.id, moved);
    return result;
  });
  if (noted === 'refused') return whyRefused(payments, payment);
  return { outcome: 'ready', intent, payBy: noted === 'recorded' ? moved : payBy };
};

/** The booking is ending, or another call has given this attempt up meanwhile: then the next attempt is to be asked for. */
const whyRefused = async (
  payments: ObtainIntentDeps['payments'],
  { id }: Payment,
): Promise<ObtainIntentOutcome> =>
  (await payments.find(id))?.sealed === false
    ? { outcome: 'later', reason: 'the attempt is over', retryAfterMs: null }
    : { outcome: 'sealed' };

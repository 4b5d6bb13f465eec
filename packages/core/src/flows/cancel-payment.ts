import type { Booking } from '../bookings/booking.ts';
import type { Payment } from '../payments/payment.ts';
import type { GatewayResult, Intent } from '../payments/ports.ts';
import { finalizeMessage } from './finalize-message.ts';
import { intentRequest } from './intent-request.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';
import { reportStuck } from './stuck-payment.ts';
import { takeToken } from './take-token.ts';

export type CancelPaymentDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'ids' | 'payments' | 'incidents' | 'gateway' | 'rateLimit'
>;

/** How long to leave a bank to decide before looking again. */
const BANK_DECIDES_MS = 60_000;

/**
 * Takes the way to pay away: fetches the intent of a sealed payment (by its key when nobody knows whether it exists) and
 * cancels it. `cancelled`: no money can come any more, the records are the caller's to change. Otherwise what the job has
 * to answer: the money was there already and its finalize is set off, or the bank or the provider has not decided yet.
 */
export const cancelPayment = async (
  deps: CancelPaymentDeps,
  booking: Booking,
  payment: Payment,
): Promise<'cancelled' | JobResult> => {
  if (!(await takeToken(deps.rateLimit))) return retryLater('provider rate limit', 1_000);
  const intentId = payment.intentId ?? (await findByKey(deps, booking, payment));
  if (intentId === null) return 'cancelled';
  if (typeof intentId !== 'string') return intentId;
  const fetched = await deps.gateway.getIntent(intentId);
  const intent =
    fetched.outcome === 'ok' && fetched.value.status === 'open'
      ? await deps.gateway.cancelIntent(intentId)
      : fetched;
  return intent.outcome === 'ok' ? settle(deps, booking, payment, intent.value) : notAnswered(intent);
};

/**
 * The intent whose creation may or may not have happened: asking with the same key finds it, or makes it, to be cancelled.
 * null: the provider said for good that under this key there is none.
 */
const findByKey = async (
  { gateway, payments }: CancelPaymentDeps,
  booking: Booking,
  payment: Payment,
): Promise<string | null | JobResult> => {
  const found = await gateway.createIntent(intentRequest(booking, payment));
  if (found.outcome === 'rejected') return null;
  if (found.outcome !== 'ok') return notAnswered(found);
  await payments.noteIntent(payment.id, found.value.id);
  return found.value.id;
};

const settle = async (
  deps: CancelPaymentDeps,
  booking: Booking,
  payment: Payment,
  intent: Intent,
): Promise<'cancelled' | JobResult> => {
  switch (intent.status) {
    case 'cancelled':
      return 'cancelled';
    case 'succeeded': {
      const now = deps.clock.now();
      await deps.unitOfWork.run((tx) => deps.outbox.add(tx, [finalizeMessage(booking.id, intent, now, now)]));
      return done;
    }
    case 'processing':
      await deps.payments.markProcessing(payment.id);
      await reportStuck(deps, booking);
      return retryLater('the bank is still deciding', BANK_DECIDES_MS);
    case 'open':
      return retryLater('the intent was opened again meanwhile', 1_000);
  }
};

const notAnswered = (result: Exclude<GatewayResult<Intent>, { outcome: 'ok' }>): JobResult =>
  result.outcome === 'limited'
    ? retryLater('provider rate limit', result.retryAfterMs)
    : retryLater(`the provider does not say: ${result.message}`);

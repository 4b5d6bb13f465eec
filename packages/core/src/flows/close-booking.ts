import type { Booking } from '../bookings/booking.ts';
import type { JobPayload } from '../jobs.ts';
import { notify } from '../notifications/notify.ts';
import type { Payment } from '../payments/payment.ts';
import type { GatewayResult, Intent } from '../payments/ports.ts';
import { decideClose } from './decide-close.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import { finalizeMessage } from './finalize-message.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import { PROVIDER_ACCOUNT, type SaleDeps } from './sale-deps.ts';

export type CloseBookingDeps = EndBookingDeps &
  Pick<SaleDeps, 'uow' | 'ids' | 'payments' | 'notifications' | 'gateway' | 'rateLimit'>;

/** How long to leave a bank to decide before looking again. */
const BANK_DECIDES_MS = 60_000;

/**
 * Job `booking.close`: the end of an unpaid booking. First `pending -> closing`, which seals the payment: no intent is
 * created or handed out after it. Then the intent is fetched (by its key when nobody knows whether it exists) and
 * cancelled, and only a confirmed cancel frees the claims. Paid meanwhile: finalize. A bank still deciding, or no answer:
 * the claims stay and the job comes back; only an organizer's forceRelease frees them.
 */
export const closeBooking = async (
  deps: CloseBookingDeps,
  { bookingId, reason }: JobPayload<'booking.close'>,
): Promise<JobResult> => {
  const booking = await deps.bookings.find(bookingId);
  if (booking === null) return done;
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId);
  const decision = decideClose(booking, payment, reason, deps.clock.now());
  if (decision.do === 'nothing') return done;
  if (decision.do === 'wait') return retryLater('the time to pay is not over', decision.ms);

  if (booking.status === 'pending') {
    const closing = await deps.uow.run(async (tx) => {
      if (!(await deps.bookings.markClosing(tx, bookingId, reason))) return false;
      if (booking.paymentId !== null) await deps.payments.seal(tx, booking.paymentId);
      return true;
    });
    if (!closing) return retryLater('the booking has moved meanwhile', 0);
  }
  const to = (booking.closeReason ?? reason) === 'unpaid' ? 'expired' : 'cancelled';
  if (booking.paymentId === null) return settle(deps, booking, to);
  // Read again: until it was sealed, an attempt or an intent may have been noted.
  const sealed = await deps.payments.find(booking.paymentId);
  return sealed === null ? settle(deps, booking, to) : cancelPayment(deps, booking, sealed, to);
};

const cancelPayment = async (
  deps: CloseBookingDeps,
  booking: Booking,
  payment: Payment,
  to: 'expired' | 'cancelled',
): Promise<JobResult> => {
  if (!(await deps.rateLimit.take(PROVIDER_ACCOUNT))) return retryLater('provider rate limit', 1_000);
  const intentId = payment.intentId ?? (await findByKey(deps, booking, payment));
  if (intentId === null) return settle(deps, booking, to);
  if (typeof intentId !== 'string') return intentId;
  const fetched = await deps.gateway.getIntent(intentId);
  const intent =
    fetched.outcome === 'ok' && fetched.value.status === 'open'
      ? await deps.gateway.cancelIntent(intentId)
      : fetched;
  return intent.outcome === 'ok' ? follow(deps, booking, payment, intent.value, to) : notAnswered(intent);
};

/**
 * The intent whose creation may or may not have happened: asking with the same key finds it, or makes it, to be cancelled.
 * null: the provider said for good that under this key there is none.
 */
const findByKey = async (
  { gateway, payments }: CloseBookingDeps,
  booking: Booking,
  payment: Payment,
): Promise<string | null | JobResult> => {
  const found = await gateway.createIntent({
    bookingId: booking.id,
    paymentId: payment.id,
    eventId: booking.eventId,
    attempt: payment.attempt,
    due: payment.due,
    description: `${booking.reference} ${booking.event.title}`,
  });
  if (found.outcome === 'rejected') return null;
  if (found.outcome !== 'ok') return notAnswered(found);
  await payments.noteIntent(payment.id, found.value.id);
  return found.value.id;
};

const follow = async (
  deps: CloseBookingDeps,
  booking: Booking,
  payment: Payment,
  intent: Intent,
  to: 'expired' | 'cancelled',
): Promise<JobResult> => {
  switch (intent.status) {
    case 'cancelled':
      return settle(deps, booking, to);
    case 'succeeded': {
      const now = deps.clock.now();
      await deps.uow.run((tx) => deps.outbox.add(tx, [finalizeMessage(booking.id, intent, now, now)]));
      return done;
    }
    case 'processing':
      await deps.payments.markProcessing(payment.id);
      return retryLater('the bank is still deciding', BANK_DECIDES_MS);
    case 'open':
      return retryLater('the intent was opened again meanwhile', 1_000);
  }
};

/** No money can come any more: the booking ends and its units are free. */
const settle = async (
  deps: CloseBookingDeps,
  booking: Booking,
  to: 'expired' | 'cancelled',
): Promise<JobResult> => {
  await deps.uow.run(async (tx) => {
    if (!(await endBooking(deps, tx, booking, to))) return;
    if (booking.paymentId !== null) await deps.payments.markCancelled(tx, booking.paymentId);
    if (to === 'expired') await notify(deps, tx, { kind: 'payment_expired', bookingId: booking.id });
  });
  return done;
};

const notAnswered = (result: Exclude<GatewayResult<Intent>, { outcome: 'ok' }>): JobResult =>
  result.outcome === 'limited'
    ? retryLater('provider rate limit', result.retryAfterMs)
    : retryLater(`the provider does not say: ${result.message}`);

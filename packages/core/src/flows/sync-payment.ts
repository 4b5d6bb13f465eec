import type { Booking } from '../bookings/booking.ts';
import { DomainError } from '../shared/errors.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import { finalizeMessage } from './finalize-message.ts';
import type { SaleDeps } from './sale-deps.ts';
import { takeToken } from './take-token.ts';

export type SyncPaymentDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'bookings' | 'payments' | 'gateway' | 'rateLimit'
>;

export type PaymentProgress = {
  readonly booking: Booking['status'];
  /** `paid`: the money is here; the tickets follow. `unknown`: the provider was not asked, or did not say. */
  readonly payment: 'free' | 'preparing' | 'open' | 'processing' | 'paid' | 'cancelled' | 'unknown';
  /** What the bank said when it declined last. */
  readonly decline: { readonly code: string; readonly message: string } | null;
};

/**
 * The buyer's return page asks how the payment stands. The provider is asked, because its webhook may be late or lost: if
 * the money has come, finalize is set off from here. Own bookings only (`thing.not_found`).
 */
export const syncPayment = async (
  deps: SyncPaymentDeps,
  { userId, bookingId }: { readonly userId: UserId; readonly bookingId: BookingId },
): Promise<PaymentProgress> => {
  const booking = await deps.bookings.find(bookingId);
  if (booking === null || booking.userId !== userId)
    throw new DomainError('thing.not_found', { thing: 'booking' });
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId);
  if (payment === null) return { booking: booking.status, payment: 'free', decline: null };
  const decline =
    payment.lastDecline === null
      ? null
      : { code: payment.lastDecline.code, message: payment.lastDecline.message };
  const as = (state: PaymentProgress['payment']): PaymentProgress => ({
    booking: booking.status,
    payment: state,
    decline,
  });
  if (payment.status === 'captured') return as('paid');
  if (payment.status === 'cancelled') return as('cancelled');
  if (payment.intentId === null) return as('preparing');
  if (!(await takeToken(deps.rateLimit))) return as('unknown');

  const asked = await deps.gateway.getIntent(payment.intentId);
  if (asked.outcome !== 'ok') return as('unknown');
  const intent = asked.value;
  if (intent.status === 'processing') await deps.payments.markProcessing(payment.id);
  if (intent.status !== 'succeeded') return { ...as(intent.status), decline: intent.lastDecline ?? decline };
  const now = deps.clock.now();
  await deps.unitOfWork.run((tx) => deps.outbox.add(tx, [finalizeMessage(booking.id, intent, now, now)]));
  return as('paid');
};

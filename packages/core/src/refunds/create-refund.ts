import { type Payment, refundableOf } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/stores.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { RefundId } from '../shared/ids.ts';
import { money } from '../shared/money.ts';
import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { RefundStore } from './ports.ts';
import type { Refund, RefundReason } from './refund.ts';

export type CreateRefundDeps = {
  readonly payments: Pick<PaymentStore, 'reserveRefund'>;
  readonly refunds: Pick<RefundStore, 'insert'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/**
 * Sends `amount` minor units of a captured payment back, as part of `tx`. What was taken outside the provider waits to be given
 * back by hand (markPaidBack); its job only tells an organizer so. The amount is reserved on the payment by a
 * conditional update, so that refunds and disputes together never exceed what was captured, however many are asked for at once.
 * Throws `refund.exceeds_captured`, and RefundExists for an id that is in use.
 */
export const createRefund = async (
  { payments, refunds, outbox, clock }: CreateRefundDeps,
  tx: Tx,
  {
    refundId,
    payment,
    amount,
    reason,
    note,
  }: {
    readonly refundId: RefundId;
    /** As it stands in `tx`: captured, with its intent unless it was taken outside the provider. */
    readonly payment: Payment;
    readonly amount: number;
    readonly reason: RefundReason;
    readonly note?: string | undefined;
  },
): Promise<Refund> => {
  const refundable = refundableOf(payment);
  if (!Number.isSafeInteger(amount) || amount <= 0 || !canGoBack(payment))
    throw new DomainError('refund.exceeds_captured', { refundable });
  if (!(await payments.reserveRefund(tx, payment.id, amount)))
    throw new DomainError('refund.exceeds_captured', { refundable });
  const now = clock.now();
  const refund: Refund = {
    id: refundId,
    paymentId: payment.id,
    bookingId: payment.bookingId,
    eventId: payment.eventId,
    organizationId: payment.organizationId,
    userId: payment.userId,
    intentId: payment.intentId,
    status: 'requested',
    amount: money(amount, payment.capturedCurrency ?? payment.due.currency),
    reason,
    ...(note !== undefined && { note }),
    providerId: null,
    failureReason: null,
    requestedAt: now,
    sentAt: null,
    endedAt: null,
  };
  await refunds.insert(tx, refund);
  await outbox.add(tx, [
    { job: 'refund.send', payload: { refundId: refund.id }, dueAt: now, key: `refund:${refund.id}` },
  ]);
  return refund;
};

const canGoBack = ({ intentId, offline }: Payment): boolean => intentId !== null || offline !== undefined;

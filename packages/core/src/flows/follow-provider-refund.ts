import { notify } from '../notifications/notify.ts';
import { type Payment, refundableOf } from '../payments/payment.ts';
import type { ProviderRefund } from '../payments/ports.ts';
import { RefundExists } from '../refunds/ports.ts';
import type { Refund, RefundStatus } from '../refunds/refund.ts';
import type { RefundId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { type ApplyRefundDeps, applyProviderRefund } from './apply-provider-refund.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';

export type FollowProviderRefundDeps = ApplyRefundDeps & Pick<SaleDeps, 'refunds' | 'payments'>;

/**
 * A provider tells of a refund. One of ours is known by the id that we gave it, also when this comes before the answer to our
 * call. One that somebody made in the provider's dashboard is taken down as a refund of its own, once; later tidings move it. Its money has
 * moved already, so it is never refused: while it does not fit into what is refundable (a refund of ours that the provider
 * will refuse has reserved it, or the capture is still on its way to us) it is tried again, and a person is told.
 */
export const followProviderRefund = async (
  deps: FollowProviderRefundDeps,
  told: ProviderRefund,
): Promise<JobResult> => {
  const ours = told.refundId === null ? null : await deps.refunds.find(told.refundId);
  const known = ours ?? (await deps.refunds.findByProviderId(told.id));
  if (known !== null) {
    await applyProviderRefund(deps, known, told);
    return done;
  }
  const payment = told.intentId === null ? null : await deps.payments.findByIntent(told.intentId);
  // Not ours: another system on the same account.
  if (payment === null) return done;
  const refundId = deps.ids.next('rfd');
  try {
    return await deps.unitOfWork.run((tx) => takeDown(deps, tx, told, payment, refundId));
  } catch (error) {
    // Told twice at once: the other one took it down, so this is one of its later tidings.
    if (error instanceof RefundExists) return followProviderRefund(deps, told);
    throw error;
  }
};

const STATUS = {
  pending: 'in_transit',
  succeeded: 'settled',
  failed: 'failed',
  cancelled: 'failed',
} as const satisfies Record<ProviderRefund['status'], RefundStatus>;

const takeDown = async (
  deps: FollowProviderRefundDeps,
  tx: Tx,
  told: ProviderRefund,
  { id: paymentId }: Payment,
  refundId: RefundId,
): Promise<JobResult> => {
  const payment = await deps.payments.find(paymentId, tx);
  if (payment === null) return done;
  const { bookingId, eventId, organizationId, userId, intentId } = payment;
  const { amount, currency } = told.amount;
  const status = STATUS[told.status];
  const fits =
    status === 'failed' ||
    (currency === payment.capturedCurrency && (await deps.payments.reserveRefund(tx, paymentId, amount)));
  if (!fits) {
    if (payment.status === 'captured')
      await openIncident(
        deps,
        tx,
        { id: bookingId, eventId, organizationId },
        'refund_foreign',
        `refund:${told.id}`,
        { providerRefundId: told.id, amount, currency, refundable: refundableOf(payment) },
      );
    return retryLater('this refund does not fit into what is refundable');
  }
  const now = deps.clock.now();
  const refund: Refund = {
    id: refundId,
    paymentId,
    bookingId,
    eventId,
    organizationId,
    userId,
    intentId,
    status,
    amount: told.amount,
    reason: 'provider',
    providerId: told.id,
    // Kept as well: tidings from before that come later find that it is over.
    failureReason: status === 'failed' ? (told.failureReason ?? told.status) : null,
    requestedAt: now,
    sentAt: now,
    endedAt: status === 'in_transit' ? null : now,
  };
  await deps.refunds.insert(tx, refund);
  if (status === 'settled')
    await notify(deps, tx, { kind: 'refund_sent', bookingId, refundId, amount: told.amount });
  return done;
};

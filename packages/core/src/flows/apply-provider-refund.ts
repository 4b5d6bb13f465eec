import { notify } from '../notifications/notify.ts';
import type { ProviderRefund } from '../payments/ports.ts';
import type { Refund } from '../refunds/refund.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ApplyRefundDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'ids' | 'payments' | 'refunds' | 'incidents' | 'notifications'
>;

/** Moves our refund to where the provider says it is, if its table allows; once, with what follows from it. */
export const applyProviderRefund = async (
  deps: ApplyRefundDeps,
  refund: Refund,
  told: Pick<ProviderRefund, 'id' | 'status' | 'failureReason'>,
): Promise<void> => {
  switch (told.status) {
    case 'pending':
      await deps.unitOfWork.run((tx) => deps.refunds.markInTransit(tx, refund.id, told.id));
      return;
    case 'succeeded':
      return settle(deps, refund, told.id);
    case 'failed':
    case 'cancelled':
      return failRefund(deps, refund, told.failureReason ?? told.status);
  }
};

const settle = (deps: ApplyRefundDeps, refund: Refund, providerId: string): Promise<void> =>
  deps.unitOfWork.run(async (tx) => {
    if (!(await deps.refunds.markSettled(tx, refund.id, providerId, deps.clock.now()))) return;
    await notify(deps, tx, {
      kind: 'refund_sent',
      bookingId: refund.bookingId,
      refundId: refund.id,
      amount: refund.amount,
    });
  });

/** The money is still ours, so it can be refunded again; a person must see to it, and the buyer is told. */
export const failRefund = (deps: ApplyRefundDeps, refund: Refund, reason: string): Promise<void> =>
  deps.unitOfWork.run(async (tx) => {
    if (!(await deps.refunds.markFailed(tx, refund.id, reason, deps.clock.now()))) return;
    await deps.payments.releaseRefund(tx, refund.paymentId, refund.amount.amount);
    await openIncident(
      deps,
      tx,
      { id: refund.bookingId, eventId: refund.eventId, organizationId: refund.organizationId },
      'refund_failed',
      `refund:${refund.id}`,
      { refundId: refund.id, reason, amount: refund.amount.amount, currency: refund.amount.currency },
    );
    await notify(deps, tx, {
      kind: 'refund_failed',
      bookingId: refund.bookingId,
      refundId: refund.id,
      amount: refund.amount,
    });
  });

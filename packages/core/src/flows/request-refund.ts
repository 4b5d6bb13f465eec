import { createRefund } from '../refunds/create-refund.ts';
import { RefundExists } from '../refunds/ports.ts';
import type { Refund } from '../refunds/refund.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId, PaymentId, RefundId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';

export type RequestRefundDeps = Pick<SaleDeps, 'unitOfWork' | 'outbox' | 'clock' | 'payments' | 'refunds'>;

export type RequestRefund = {
  readonly organizationId: OrganizationId;
  /** Minted by the caller, who asks again with the same one when the answer was lost. */
  readonly refundId: RefundId;
  readonly paymentId: PaymentId;
  readonly amount: number;
  /** Why; for the record of the organization. */
  readonly reason?: string | undefined;
};

/**
 * An organizer sends part of a payment back (minor units of what was captured). The tickets are not touched. Asked again with
 * the same id it answers the refund as it stands, also when that has failed. Throws `thing.not_found` for another
 * organization's payment, `refund.exceeds_captured`, and `refund.id_in_use` for the id of another refund.
 */
export const requestRefund = async (deps: RequestRefundDeps, command: RequestRefund): Promise<Refund> => {
  const { organizationId, refundId, paymentId, amount, reason: note } = command;
  try {
    return await deps.unitOfWork.run(async (tx) => {
      const payment = await deps.payments.find(paymentId, tx);
      if (payment === null || payment.organizationId !== organizationId)
        throw new DomainError('thing.not_found', { thing: 'payment' });
      return (
        (await findSame(deps, command, tx)) ??
        (await createRefund(deps, tx, { refundId, payment, amount, reason: 'organizer', note }))
      );
    });
  } catch (error) {
    // Somebody wrote it between the look and the insert, which a duplicate key has ended.
    const same = error instanceof RefundExists ? await findSame(deps, command) : null;
    if (same === null) throw error;
    return same;
  }
};

const findSame = async (
  { refunds }: RequestRefundDeps,
  { refundId, paymentId, amount }: RequestRefund,
  tx?: Tx,
): Promise<Refund | null> => {
  const refund = await refunds.find(refundId, tx);
  if (refund === null) return null;
  if (refund.paymentId !== paymentId || refund.amount.amount !== amount)
    throw new DomainError('refund.id_in_use', {});
  return refund;
};

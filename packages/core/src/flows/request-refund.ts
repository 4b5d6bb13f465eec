import { createRefund } from '../refunds/create-refund.ts';
import type { Refund } from '../refunds/refund.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId, PaymentId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export type RequestRefundDeps = Pick<SaleDeps, 'uow' | 'outbox' | 'clock' | 'ids' | 'payments' | 'refunds'>;

/**
 * An organizer sends part of a payment back (minor units of what was captured). The tickets are not touched. Throws
 * `thing.not_found` for another organization's payment and `refund.exceeds_captured`.
 */
export const requestRefund = (
  deps: RequestRefundDeps,
  command: {
    readonly organizationId: OrganizationId;
    readonly paymentId: PaymentId;
    readonly amount: number;
  },
): Promise<Refund> =>
  deps.uow.run(async (tx) => {
    const payment = await deps.payments.find(command.paymentId, tx);
    if (payment === null || payment.organizationId !== command.organizationId)
      throw new DomainError('thing.not_found', { thing: 'payment' });
    return createRefund(deps, tx, { payment, amount: command.amount, reason: 'organizer' });
  });

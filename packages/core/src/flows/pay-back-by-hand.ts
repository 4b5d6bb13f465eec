import { z } from 'zod';
import { noteSchema } from '../bookings/box-office-input.ts';
import { notify } from '../notifications/notify.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { Refund } from '../refunds/refund.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export const payBackByHandInput = z.object({
  organizationId: idSchema('org'),
  refundId: idSchema('rfd'),
  /** How: in cash at the counter, by transfer to which account holder. */
  note: noteSchema,
});
export type PayBackByHand = z.output<typeof payBackByHandInput>;

export type PayBackByHandDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'ids' | 'refunds' | 'incidents' | 'notifications'
>;

/**
 * An organizer has given money back that no provider can send (it was taken in cash, by a terminal, by transfer). The refund is
 * settled, the incident that asked for it is closed, and the buyer is told. The same call again is nothing; another one is told who
 * has given it back already, so that nobody does twice. Throws `refund.paid_back_before`,
 * `thing.not_found` for another organization's refund, `refund.not_by_hand` for one that the provider makes.
 */
export const payBackByHand = async (
  deps: PayBackByHandDeps,
  { access, refundId, note }: PayBackByHand & { readonly access: OrganizationAccess },
): Promise<Refund> =>
  deps.unitOfWork.run(async (tx) => {
    const refund = await deps.refunds.find(refundId, tx);
    if (refund === null || refund.organizationId !== access.organizationId)
      throw new DomainError('thing.not_found', { thing: 'refund' });
    const before = refund.paidBack;
    if (before?.by === access.userId && before.note === note) return refund;
    if (before !== undefined)
      throw new DomainError('refund.paid_back_before', {
        by: before.by,
        at: refund.endedAt?.toISOString() ?? null,
      });
    const now = deps.clock.now();
    const paidBack = { by: access.userId, note };
    if (!(await deps.refunds.markPaidBack(tx, refundId, paidBack, now)))
      throw new DomainError('refund.not_by_hand', {});
    for (const { id, kind, facts } of await deps.incidents.findOpen(refund.bookingId, tx))
      if (kind === 'refund_by_hand' && facts.refundId === refundId)
        await deps.incidents.resolve(tx, id, note ?? 'paid back', now, access.userId);
    const { bookingId, amount } = refund;
    await notify(deps, tx, { kind: 'refund_sent', bookingId, refundId, amount });
    return { ...refund, status: 'settled', paidBack, endedAt: now };
  });

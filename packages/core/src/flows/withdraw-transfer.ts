import type { SaleEventReader } from '../bookings/ports.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { TransferStore } from '../transfers/ports.ts';
import type { TransferRef } from '../transfers/transfer-input.ts';
import { type TransferView, transferView } from '../transfers/transfer-view.ts';

export type WithdrawTransferDeps = NotifyDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly saleEvents: Pick<SaleEventReader, 'find'>;
  readonly transfers: Pick<TransferStore, 'find' | 'markEnded'>;
};

/**
 * From now on its letters open nothing, and the ticket can be offered to somebody else. Withdrawing it again changes nothing. Throws
 * `thing.not_found`, `transfer.gone` (it was accepted or declined, or has lapsed).
 */
export const withdrawTransfer = (
  deps: WithdrawTransferDeps,
  { transferId, userId }: TransferRef & { readonly userId: UserId },
): Promise<TransferView> =>
  deps.unitOfWork.run(async (tx) => {
    const transfer = await deps.transfers.find(transferId, tx);
    if (transfer === null || transfer.senderId !== userId)
      throw new DomainError('thing.not_found', { thing: 'transfer' });
    const now = deps.clock.now();
    const event = await deps.saleEvents.find(transfer.eventId, tx);
    if (transfer.status === 'withdrawn') return transferView(transfer, event, now);
    if (!(await deps.transfers.markEnded(tx, transferId, 'withdrawn', now)))
      throw new DomainError('transfer.gone', {});
    await notifyAll(deps, tx, [
      { kind: 'transfer_withdrawn', transferId },
      { kind: 'transfer_taken_back', transferId },
    ]);
    return transferView({ ...transfer, status: 'withdrawn', endedAt: now }, event, now);
  });

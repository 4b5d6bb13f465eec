import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import type { TicketId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { TransferStore } from '../transfers/ports.ts';

export type LapseTransfersDeps = NotifyDeps & {
  readonly transfers: Pick<TransferStore, 'listOpenOf' | 'markEnded'>;
};

/**
 * These tickets go void in this transaction: offers of them lapse with them, and who was offered one is told. Without it such an offer
 * is refused all the same, because the ticket is not valid any more; it would only look open.
 */
export const lapseTransfers = async (
  deps: LapseTransfersDeps,
  tx: Tx,
  ticketIds: readonly TicketId[],
): Promise<void> => {
  const now = deps.clock.now();
  const open = await deps.transfers.listOpenOf(ticketIds, tx);
  for (const { id } of open) await deps.transfers.markEnded(tx, id, 'expired', now);
  await notifyAll(
    deps,
    tx,
    open.map(({ id }) => ({ kind: 'transfer_withdrawn', transferId: id })),
  );
};

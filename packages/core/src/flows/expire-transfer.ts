import type { SaleEvent, SaleEventReader } from '../bookings/ports.ts';
import { transferDeadline, whyNotTransferable } from '../events/transfer-setting.ts';
import type { JobPayload } from '../jobs.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { HOUR_MS } from '../shared/clock.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';
import type { TransferStore } from '../transfers/ports.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { done, type JobResult, retryLater } from './job-result.ts';

export type ExpireTransferDeps = NotifyDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly saleEvents: Pick<SaleEventReader, 'find'>;
  readonly transfers: Pick<TransferStore, 'find' | 'markEnded'>;
};

/** How soon it is looked at again while there is no deadline: a postponed event, or transfers that were switched off for now. */
const LOOK_AGAIN_MS = 12 * HOUR_MS;

/** The row that ends the transfer at its deadline. Nothing hangs on its coming in time: an offer that is too late is refused anyway. */
export const scheduleExpiry = (
  { outbox, clock }: Pick<NotifyDeps, 'outbox' | 'clock'>,
  tx: Tx,
  { id }: Transfer,
  event: SaleEvent | null,
): Promise<void> =>
  outbox.add(tx, [
    {
      job: 'transfer.expire',
      payload: { transferId: id },
      dueAt: (event === null ? null : transferDeadline(event)) ?? clock.now(),
      key: `transfer.expire:${id}`,
    },
  ]);

/** Ends an offer that nobody accepted in time, as the event stands now, and tells the sender, who still has the ticket. */
export const expireTransfer = (
  deps: ExpireTransferDeps,
  { transferId }: JobPayload<'transfer.expire'>,
): Promise<JobResult> =>
  deps.unitOfWork.run(async (tx) => {
    const transfer = await deps.transfers.find(transferId, tx);
    if (transfer?.status !== 'open') return done;
    const event = await deps.saleEvents.find(transfer.eventId, tx);
    const now = deps.clock.now();
    const why = event === null ? 'event_over' : whyNotTransferable(event, now);
    if (event !== null && (why === null || why === 'not_allowed')) {
      const deadline = transferDeadline(event)?.getTime() ?? Number.POSITIVE_INFINITY;
      if (deadline > now.getTime())
        return retryLater('can be accepted still', Math.min(deadline - now.getTime(), LOOK_AGAIN_MS));
    }
    if (await deps.transfers.markEnded(tx, transferId, 'expired', now))
      await notify(deps, tx, { kind: 'transfer_expired', transferId });
    return done;
  });

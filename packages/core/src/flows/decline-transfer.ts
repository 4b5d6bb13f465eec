import type { MailTokenSource } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { TransferStore } from '../transfers/ports.ts';
import type { TransferToken } from '../transfers/transfer-input.ts';

export type DeclineTransferDeps = NotifyDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
  readonly transfers: Pick<TransferStore, 'findByToken' | 'markEnded'>;
};

/**
 * Says no, by the token alone: nobody has to open an account for that, and the sender, who is told, can offer the ticket again.
 * Declining again changes nothing. Throws `transfer.gone`.
 */
export const declineTransfer = (
  deps: DeclineTransferDeps,
  { token }: TransferToken,
): Promise<{ readonly status: 'declined' }> =>
  deps.unitOfWork.run(async (tx) => {
    const transfer = await deps.transfers.findByToken(deps.mailTokenSource.hashOf(token), tx);
    if (transfer?.status === 'declined') return { status: 'declined' };
    if (transfer === null || !(await deps.transfers.markEnded(tx, transfer.id, 'declined', deps.clock.now())))
      throw new DomainError('transfer.gone', {});
    await notify(deps, tx, { kind: 'transfer_declined', transferId: transfer.id });
    return { status: 'declined' };
  });

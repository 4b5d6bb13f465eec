import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import type { MailTokenSource } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { TransferStore } from '../transfers/ports.ts';
import type { TransferToken } from '../transfers/transfer-input.ts';

export type DeclineTransfer = TransferToken & { readonly network?: string | null };

export type DeclineTransferDeps = NotifyDeps &
  LimitDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
    readonly transfers: Pick<TransferStore, 'findByToken' | 'markEnded'>;
  };

/**
 * Says no, by the token alone: nobody has to open an account for that, and the sender, who is told, can offer the ticket again.
 * Declining again changes nothing. Anybody may call it: a guess is counted, and takes no transaction from who buys. Throws
 * `transfer.gone`, `auth.too_many_attempts`.
 */
export const declineTransfer = async (
  deps: DeclineTransferDeps,
  { token, network }: DeclineTransfer,
): Promise<{ readonly status: 'declined' }> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const hash = deps.mailTokenSource.hashOf(token);
  const gone = new DomainError('transfer.gone', {});
  if ((await deps.transfers.findByToken(hash)) === null) throw gone;
  return deps.unitOfWork.run(async (tx) => {
    const transfer = await deps.transfers.findByToken(hash, tx);
    if (transfer?.status === 'declined') return { status: 'declined' };
    if (transfer === null || !(await deps.transfers.markEnded(tx, transfer.id, 'declined', deps.clock.now())))
      throw gone;
    await notify(deps, tx, { kind: 'transfer_declined', transferId: transfer.id });
    return { status: 'declined' };
  });
};

import type { SaleEventReader } from '../bookings/ports.ts';
import type { LimitDeps } from '../identity/attempts.ts';
import type { UserStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { limitTransfers } from '../transfers/limit-transfers.ts';
import type { TransferStore } from '../transfers/ports.ts';
import { requireTransferable } from '../transfers/require-transferable.ts';
import { withAnotherLetter } from '../transfers/transfer.ts';
import type { TransferRef } from '../transfers/transfer-input.ts';
import { type TransferView, transferView } from '../transfers/transfer-view.ts';

export type ResendTransferDeps = NotifyDeps &
  LimitDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly users: Pick<UserStore, 'find'>;
    readonly saleEvents: Pick<SaleEventReader, 'find'>;
    readonly transfers: Pick<TransferStore, 'find' | 'markResent'>;
  };

/**
 * Mails the offer once more, with a token of its own. Letters that went out before work too. Throws `thing.not_found`, `transfer.gone`,
 * `transfer.not_possible`, `transfer.letter_too_soon`, `transfer.letters_spent`, `transfer.sender_unverified`, `account.too_often`.
 */
export const resendTransfer = async (
  deps: ResendTransferDeps,
  { transferId, userId }: TransferRef & { readonly userId: UserId },
): Promise<TransferView> => {
  const known = await deps.transfers.find(transferId);
  if (known === null || known.senderId !== userId)
    throw new DomainError('thing.not_found', { thing: 'transfer' });
  // What is refused anyway counts for nobody.
  withAnotherLetter(known, deps.clock.now());
  requireTransferable(await deps.saleEvents.find(known.eventId), deps.clock.now());
  await limitTransfers(deps, { sender: await deps.users.find(userId), emailKey: known.emailKey });
  return deps.unitOfWork.run(async (tx) => {
    const transfer = (await deps.transfers.find(transferId, tx)) ?? known;
    const now = deps.clock.now();
    const resent = withAnotherLetter(transfer, now);
    if (!(await deps.transfers.markResent(tx, resent))) throw new DomainError('transfer.gone', {});
    const occasion = String(resent.letters);
    await notify(deps, tx, { kind: 'transfer_offered', transferId, occasion });
    return transferView(resent, await deps.saleEvents.find(transfer.eventId, tx), now);
  });
};

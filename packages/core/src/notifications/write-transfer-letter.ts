import type { SaleEventReader } from '../bookings/ports.ts';
import { transferDeadline, whyNotTransferable } from '../events/transfer-setting.ts';
import { calledBy } from '../identity/called-by.ts';
import type { MailTokenSource, UserStore } from '../identity/ports.ts';
import type { TransferStore } from '../transfers/ports.ts';
import { shownName } from '../transfers/shown-name.ts';
import type { Transfer } from '../transfers/transfer.ts';
import type { TransferNotice } from './notices/transfer-notice.ts';
import type { LetterTicket } from './templates/letter.ts';
import type { TransferMatter } from './templates/transfer-letter-of.ts';

export type TransferLetterDeps = {
  readonly users: Pick<UserStore, 'find'>;
  readonly transfers: Pick<TransferStore, 'find' | 'addToken'>;
  readonly saleEvents: Pick<SaleEventReader, 'find'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'mint'>;
};

export type TransferMatterTo = {
  readonly to: { readonly email: string; readonly name: string | null };
  readonly matter: TransferMatter;
};

/**
 * What is to be said about a transfer, and to whom. `ticket`: the one that the receiver got, while it is valid and theirs. null when there
 * is nothing to say any more: an offer that was withdrawn before it was mailed, a ticket that was passed on again.
 */
export const writeTransferLetter = async (
  deps: TransferLetterDeps,
  notice: TransferNotice,
  transfer: Transfer,
  ticket: LetterTicket | null,
  now: Date,
): Promise<TransferMatterTo | null> => {
  const sender = await deps.users.find(transfer.senderId);
  if (sender === null) return null;
  const from = shownName(sender);
  const toReceiver = async (matter: TransferMatter): Promise<TransferMatterTo | null> => {
    const receiver = transfer.receiverId === null ? null : await deps.users.find(transfer.receiverId);
    return receiver === null ? null : { to: { email: receiver.email, name: calledBy(receiver) }, matter };
  };
  switch (notice.kind) {
    case 'transfer_offered':
      return await writeOffer(deps, transfer, from, now);
    case 'transfer_withdrawn':
      return { to: { email: transfer.email, name: null }, matter: { kind: notice.kind, from } };
    case 'transfer_received':
      return ticket === null ? null : await toReceiver({ kind: notice.kind, from, ticket });
    default:
      return { to: { email: sender.email, name: from }, matter: { kind: notice.kind } };
  }
};

/** Its token is minted here and only its hash is kept; a letter that is sent again brings another one. */
const writeOffer = async (
  { transfers, saleEvents, mailTokenSource }: TransferLetterDeps,
  { id, status, email, eventId }: Transfer,
  from: string,
  now: Date,
): Promise<TransferMatterTo | null> => {
  const event = await saleEvents.find(eventId);
  if (status !== 'open' || event === null || whyNotTransferable(event, now) !== null) return null;
  const { token, hash } = mailTokenSource.mint();
  if (!(await transfers.addToken(id, hash))) return null;
  const matter = { kind: 'transfer_offered', from, token, expiresAt: transferDeadline(event) } as const;
  return { to: { email, name: null }, matter };
};

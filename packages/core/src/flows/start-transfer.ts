import type { BookingStore, SaleEventReader } from '../bookings/ports.ts';
import type { LimitDeps } from '../identity/attempts.ts';
import type { UserStore } from '../identity/ports.ts';
import { identityKey } from '../identity/user.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { TicketStore } from '../tickets/stores.ts';
import { limitTransfers } from '../transfers/limit-transfers.ts';
import type { TransferStore } from '../transfers/ports.ts';
import { requireTransferable } from '../transfers/require-transferable.ts';
import type { Transfer } from '../transfers/transfer.ts';
import type { StartTransfer } from '../transfers/transfer-input.ts';
import { type TransferView, transferView } from '../transfers/transfer-view.ts';
import { scheduleExpiry } from './expire-transfer.ts';

export type StartTransferDeps = NotifyDeps &
  LimitDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly users: Pick<UserStore, 'find'>;
    readonly tickets: Pick<TicketStore, 'find'>;
    readonly bookings: Pick<BookingStore, 'markTicketsMoved'>;
    readonly saleEvents: Pick<SaleEventReader, 'find'>;
    readonly transfers: Pick<TransferStore, 'insert'>;
  };

/**
 * Offers a ticket to an e-mail address, by its holder. The ticket stays valid and the holder's own until it is accepted. Both are told,
 * the receiver with a token that is minted while the letter is sent. Throws `thing.not_found`, `transfer.ticket_void`,
 * `transfer.not_possible`, `transfer.to_self`, `transfer.open_already`, `transfer.sender_unverified`, `account.too_often`.
 */
export const startTransfer = async (
  deps: StartTransferDeps,
  { userId, ticketId, email, attendeeName, message }: StartTransfer & { readonly userId: UserId },
): Promise<TransferView> => {
  const known = await deps.tickets.find(ticketId);
  if (known === null || known.holderId !== userId)
    throw new DomainError('thing.not_found', { thing: 'ticket' });
  const emailKey = identityKey(email);
  const sender = await deps.users.find(userId);
  if (sender?.emailKey === emailKey) throw new DomainError('transfer.to_self', {});
  // What is refused anyway counts for nobody.
  requireTransferable(await deps.saleEvents.find(known.eventId), deps.clock.now());
  await limitTransfers(deps, { sender, emailKey });
  return deps.unitOfWork.run(async (tx) => {
    const ticket = await deps.tickets.find(ticketId, tx);
    if (ticket?.status !== 'valid') throw new DomainError('transfer.ticket_void', {});
    // Whoever voids or passes on a ticket of this booking meanwhile meets us there, and one of us comes after the other.
    if (!(await deps.bookings.markTicketsMoved(tx, ticket.bookingId)))
      throw new DomainError('transfer.ticket_void', {});
    const event = await deps.saleEvents.find(ticket.eventId, tx);
    const now = deps.clock.now();
    requireTransferable(event, now);
    const { eventId, organizationId, bookingId, unitId, label } = ticket;
    const transfer: Transfer = {
      id: deps.ids.next('trf'),
      ticketId,
      eventId,
      organizationId,
      bookingId,
      unitId,
      label,
      senderId: userId,
      email,
      emailKey,
      attendeeName,
      message,
      status: 'open',
      letters: 1,
      lastLetterAt: now,
      receiverId: null,
      newTicketId: null,
      smsTo: null,
      endedAt: null,
      createdAt: now,
    };
    await deps.transfers.insert(tx, transfer);
    await notifyAll(deps, tx, [
      { kind: 'transfer_offered', transferId: transfer.id, occasion: '1' },
      { kind: 'transfer_started', transferId: transfer.id },
    ]);
    await scheduleExpiry(deps, tx, transfer, event);
    return transferView(transfer, event, now);
  });
};

import type {
  BookingStore,
  BuyerLimitStore,
  PersonKeys,
  SaleEvent,
  SaleEventReader,
} from '../bookings/ports.ts';
import type { MailTokenSource, UserStore } from '../identity/ports.ts';
import type { User } from '../identity/user.ts';
import type { ClaimStore } from '../inventory/ports.ts';
import { type NotifyDeps, notify, notifyAll } from '../notifications/notify.ts';
import { maskedEmail } from '../organizations/invitation.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';
import { nextGeneration } from '../tickets/next-generation.ts';
import type { TicketStore } from '../tickets/stores.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { TransferStore } from '../transfers/ports.ts';
import { requireTransferable } from '../transfers/require-transferable.ts';
import type { Transfer } from '../transfers/transfer.ts';
import type { AcceptTransfer } from '../transfers/transfer-input.ts';

export type AcceptTransferDeps = NotifyDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly users: Pick<UserStore, 'find'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
  readonly transfers: Pick<TransferStore, 'findByToken' | 'markAccepted'>;
  readonly tickets: Pick<TicketStore, 'find' | 'markVoid' | 'insertAll'>;
  readonly bookings: Pick<BookingStore, 'markTicketsMoved'>;
  readonly claims: Pick<ClaimStore, 'countAgainst'>;
  readonly buyerLimits: Pick<BuyerLimitStore, 'raise' | 'lower'>;
  readonly personKeys: PersonKeys;
  readonly saleEvents: Pick<SaleEventReader, 'find'>;
};

const gone = (cause?: unknown): DomainError<'transfer.gone'> =>
  new DomainError('transfer.gone', {}, { cause });

/**
 * Gives the ticket to the caller, by a mailed token and a verified address. One transaction: the old ticket is void and the one of the next
 * generation is there for the same unit, the unit counts against the receiver instead of the sender, and both are told. The claim stays with its
 * booking, so it works when the event is sold out. Accepting again after a lost answer brings the same ticket. Throws
 * `transfer.gone`, `transfer.not_possible`, `transfer.other_address`, `transfer.address_unverified`, `transfer.over_limit`.
 */
export const acceptTransfer = (
  deps: AcceptTransferDeps,
  { token, userId, ...wishes }: AcceptTransfer & { readonly userId: UserId },
): Promise<Ticket> =>
  deps.unitOfWork.run(async (tx) => {
    const transfer = await deps.transfers.findByToken(deps.mailTokenSource.hashOf(token), tx);
    const receiver = await deps.users.find(userId);
    if (transfer === null || receiver === null) throw gone();
    const accepted = transfer.status === 'accepted' && transfer.receiverId === userId;
    if (accepted && transfer.newTicketId !== null) {
      const ticket = await deps.tickets.find(transfer.newTicketId, tx);
      if (ticket?.holderId === userId) return ticket;
    }
    if (transfer.status !== 'open') throw gone();
    const event = await deps.saleEvents.find(transfer.eventId, tx);
    requireTransferable(event, deps.clock.now());
    await requireSender(deps, transfer);
    requireInvited(transfer, receiver);
    return move(deps, tx, { transfer, event, receiver, ...wishes });
  });

/** An account that was shut out gives nothing away: its tickets may have been stolen. */
const requireSender = async ({ users }: AcceptTransferDeps, { senderId }: Transfer): Promise<void> => {
  const sender = await users.find(senderId);
  if (sender === null || sender.suspension !== null) throw gone();
};

/** The letter may have been passed on: the account must have proved on its own that it reads that address. */
const requireInvited = (transfer: Transfer, user: User): void => {
  if (user.emailKey !== transfer.emailKey)
    throw new DomainError('transfer.other_address', { invited: maskedEmail(transfer.email) });
  if (user.emailVerifiedAt === null) throw new DomainError('transfer.address_unverified', {});
};

type Move = Omit<AcceptTransfer, 'token'> & {
  readonly transfer: Transfer;
  readonly event: SaleEvent | null;
  readonly receiver: User;
};

/** Every write says from what: whoever withdrew, voided, freed or accepted first leaves nothing here to change. */
const move = async (
  deps: AcceptTransferDeps,
  tx: Tx,
  { transfer, event, receiver, attendeeName, phone, wantsSms }: Move,
): Promise<Ticket> => {
  const old = await deps.tickets.find(transfer.ticketId, tx);
  if (event === null || old?.status !== 'valid' || old.holderId !== transfer.senderId) throw gone();
  const at = deps.clock.now();
  const ticket = nextGeneration(old, {
    id: deps.ids.next('tkt'),
    holderId: receiver.id,
    attendeeName: attendeeName ?? transfer.attendeeName ?? receiver.profile.name,
    at,
  });
  const smsTo = wantsSms ? phone : null;
  const acceptance = { receiverId: receiver.id, newTicketId: ticket.id, smsTo };
  if (!(await deps.transfers.markAccepted(tx, transfer.id, acceptance, at))) throw gone();
  if ((await deps.tickets.markVoid(tx, [old], at)) !== 1) throw gone();
  if (!(await deps.bookings.markTicketsMoved(tx, old.bookingId))) throw gone();
  await moveLimit(deps, tx, old, receiver, event.maxPerPerson);
  await deps.tickets.insertAll(tx, [ticket]);
  await tell(deps, tx, transfer, smsTo);
  return ticket;
};

/** The claim says whom its unit counts against: from now on the receiver. Redis is told by a row, and a rebuild reads it there. */
const moveLimit = async (
  { claims, buyerLimits, personKeys, outbox, clock }: AcceptTransferDeps,
  tx: Tx,
  { id, eventId, unitId, bookingId }: Ticket,
  { id: person, emailKey }: User,
  max: number,
): Promise<void> => {
  const before = await claims.countAgainst(tx, { eventId, unitId, owner: bookingId, person });
  if (before === null) throw gone();
  if (before.person !== person) {
    const alongside = personKeys.ofEmail(emailKey);
    await buyerLimits.raise(tx, eventId, { person, by: 1, max, alongside }).catch((error: unknown) => {
      throw isDomainError(error, 'hold.limit') || isDomainError(error, 'hold.limit_shared')
        ? new DomainError('transfer.over_limit', error.details, { cause: error })
        : error;
    });
    if (before.person !== null) await buyerLimits.lower(tx, eventId, before.person, 1);
  }
  await outbox.add(tx, [
    {
      job: 'inventory.settle_claims',
      payload: { eventId, from: bookingId, unitIds: [unitId] },
      dueAt: clock.now(),
      key: `persons:${id}`,
    },
  ]);
};

const tell = async (
  deps: AcceptTransferDeps,
  tx: Tx,
  { id: transferId }: Transfer,
  smsTo: string | null,
): Promise<void> => {
  await notifyAll(deps, tx, [
    { kind: 'transfer_received', transferId },
    { kind: 'transfer_accepted', transferId },
  ]);
  if (smsTo !== null) await notify(deps, tx, { kind: 'transfer_received', transferId }, 'sms');
};

import { LETTER_WINDOW_MS } from '../identity/mail-token.ts';
import type { UnitId } from '../inventory/unit.ts';
import { DAY_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { BookingId, EventId, OrganizationId, TicketId, TransferId, UserId } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const TRANSFER_STATUSES = ['open', 'accepted', 'declined', 'withdrawn', 'expired'] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];

/** `expired`: nobody accepted in time, or the ticket went void. An open one cannot be accepted beyond its event's deadline, marked or not. */
export const transferTransitions: Transitions<TransferStatus> = {
  open: ['accepted', 'declined', 'withdrawn', 'expired'],
  accepted: [],
  declined: [],
  withdrawn: [],
  expired: [],
};

/** Letters of one transfer to its receiver, the first included. */
export const MAX_TRANSFER_LETTERS = 5;
/** Codes of one transfer that work: far more than letters, because each try to send one mints its own and may have arrived. */
export const MAX_TRANSFER_TOKENS = 50;
/** After this nobody needs the address of somebody who was offered a ticket and did not take it. */
export const TRANSFER_KEPT_MS = 90 * DAY_MS;

/** A ticket on its way from its holder to an e-mail address. At most one is open per ticket. An accepted one is a link in the chain of holders. */
export type Transfer = {
  readonly id: TransferId;
  /** The ticket that is given: it goes void when the transfer is accepted. */
  readonly ticketId: TicketId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly bookingId: BookingId;
  readonly unitId: UnitId;
  readonly label: string;
  readonly senderId: UserId;
  readonly email: string;
  /** See `identityKey`: an account accepts if its verified address has this key. */
  readonly emailKey: string;
  /** Who is to come, as the sender says; the receiver may say otherwise. */
  readonly attendeeName: string | null;
  readonly message: string | null;
  readonly status: TransferStatus;
  /** Letters to the receiver that were asked for so far. */
  readonly letters: number;
  readonly lastLetterAt: Date;
  readonly receiverId: UserId | null;
  /** The ticket of the next generation, once accepted. */
  readonly newTicketId: TicketId | null;
  /** Where the receiver asked for an SMS besides the e-mail. */
  readonly smsTo: string | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
};

/**
 * The transfer with one letter more. Throws `transfer.gone`, `transfer.letter_too_soon`, `transfer.letters_spent`. Whether tickets of its
 * event can be passed on now is another question (`whyNotTransferable`).
 */
export const withAnotherLetter = (transfer: Transfer, now: Date): Transfer => {
  if (transfer.status !== 'open') throw new DomainError('transfer.gone', {});
  if (transfer.letters >= MAX_TRANSFER_LETTERS)
    throw new DomainError('transfer.letters_spent', { limit: MAX_TRANSFER_LETTERS });
  const retryAfterMs = transfer.lastLetterAt.getTime() + LETTER_WINDOW_MS - now.getTime();
  if (retryAfterMs > 0) throw new DomainError('transfer.letter_too_soon', { retryAfterMs });
  return { ...transfer, letters: transfer.letters + 1, lastLetterAt: now };
};

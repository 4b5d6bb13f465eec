import type { BookingId, TicketId, TransferId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Transfer } from './transfer.ts';

/** What is known of a transfer once somebody has accepted it. */
export type Acceptance = Pick<Transfer, 'newTicketId' | 'smsTo'> & { readonly receiverId: UserId };

/** All changes are compare-and-sets on `open`. Tokens are kept by their hash, and are no part of what is read. */
export type TransferStore = {
  /** Throws `transfer.open_already` when the ticket is on its way to somebody. */
  readonly insert: (tx: Tx, transfer: Transfer) => Promise<void>;
  readonly find: (id: TransferId, tx?: Tx) => Promise<Transfer | null>;
  /** Of any status, by the hash of a token that was mailed. */
  readonly findByToken: (hash: string, tx?: Tx) => Promise<Transfer | null>;
  /** Those of these tickets whose status is open. */
  readonly listOpenOf: (ticketIds: readonly TicketId[], tx?: Tx) => Promise<Transfer[]>;
  /** Accepted ones of a booking's tickets, in the order in which they were begun. */
  readonly listAcceptedOf: (bookingId: BookingId, tx?: Tx) => Promise<Transfer[]>;
  /** What an account sent, newest first. Throws `cursor.invalid`. */
  readonly listOfSender: (senderId: UserId, page: PageRequest) => Promise<Page<Transfer>>;
  /** One more token that accepts it; the oldest beyond MAX_TRANSFER_TOKENS are forgotten. false when it is not open. */
  readonly addToken: (id: TransferId, hash: string) => Promise<boolean>;
  /** Takes over `letters` and `lastLetterAt`. false when it is not open, or another letter came first. */
  readonly markResent: (tx: Tx, resent: Transfer) => Promise<boolean>;
  readonly markAccepted: (tx: Tx, id: TransferId, acceptance: Acceptance, at: Date) => Promise<boolean>;
  /** Nobody accepts it any more. */
  readonly markEnded: (
    tx: Tx,
    id: TransferId,
    to: 'declined' | 'withdrawn' | 'expired',
    at: Date,
  ) => Promise<boolean>;
};

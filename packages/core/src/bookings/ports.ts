import type { EventStatus, EventTime } from '../events/event.ts';
import type { Postponement } from '../events/postponement.ts';
import type { TransferSetting } from '../events/transfer-setting.ts';
import type { WaitlistSettings } from '../events/waitlist-settings.ts';
import type {
  AttendeeImportId,
  BookingId,
  EventChangeId,
  EventId,
  HoldId,
  OrganizationId,
  UserId,
  VenueId,
} from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Booking, BookingLine, BookingStatus, CloseReason, LateMoneyOutcome } from './booking.ts';
import type { Cancellation } from './cancellation.ts';
import type { SoldSearch } from './sold-search.ts';

/** Bookings in Mongo. Each `mark` is a compare-and-set on the status and answers whether it was this call that moved it. */
export type BookingStore = {
  /** Throws BookingExists when the hold has been booked already, `room.pass_used` when something else was bought in its turn. */
  readonly insert: (tx: Tx, booking: Booking) => Promise<void>;
  /** The same for many in one round trip. Throws BookingExists when one of the holds has been booked already. */
  readonly insertAll: (tx: Tx, bookings: readonly Booking[]) => Promise<void>;
  readonly find: (bookingId: BookingId, tx?: Tx) => Promise<Booking | null>;
  readonly findByHold: (eventId: EventId, holdId: HoldId) => Promise<Booking | null>;
  readonly findMany: (bookingIds: readonly BookingId[], tx?: Tx) => Promise<Booking[]>;
  /** pending -> closing. */
  readonly markClosing: (tx: Tx, bookingId: BookingId, reason: CloseReason) => Promise<boolean>;
  /** closing -> expired | cancelled. */
  readonly markEnded: (
    tx: Tx,
    bookingId: BookingId,
    to: 'expired' | 'cancelled',
    at: Date,
  ) => Promise<boolean>;
  /** pending | closing -> confirmed. Returns how many moved. */
  readonly markConfirmed: (tx: Tx, bookingIds: readonly BookingId[], at: Date) => Promise<number>;
  /** expired -> confirmed with these lines, at the start that counts now, as if it had never ended: money came late and there were units for it. */
  readonly markRebooked: (
    tx: Tx,
    bookingId: BookingId,
    as: { readonly lines: readonly BookingLine[]; readonly startsAt: EventTime },
    outcome: LateMoneyOutcome,
    at: Date,
  ) => Promise<boolean>;
  /**
   * Of a confirmed booking at this revision: these are its lines now, by this cancellation. With `ended` it is cancelled as well. Raises the revision, so that
   * of two changes at once the later one is decided again.
   */
  readonly markTicketsCancelled: (
    tx: Tx,
    booking: Pick<Booking, 'id' | 'revision'>,
    lines: readonly BookingLine[],
    cancellation: Cancellation,
    ended: { readonly at: Date; readonly reason: CloseReason } | null,
  ) => Promise<boolean>;
  /** The status stays; only says that late money was sent back. */
  readonly noteLateRefund: (tx: Tx, bookingId: BookingId) => Promise<void>;
  /** Another address for everything that is told from now on. */
  readonly correctEmail: (tx: Tx, bookingId: BookingId, email: string) => Promise<void>;
  /** Who proves this address gets it, while it is nobody's account's. */
  readonly makeAdoptable: (tx: Tx, bookingId: BookingId, address: string) => Promise<void>;
  /** Bookings that the account which proves this address gets (see OrganizerSale's `adoptableBy`), the oldest first. */
  readonly listAdoptable: (address: string, limit: number) => Promise<readonly BookingId[]>;
  /** From nobody's account to this one's, for the address; false when it is not to be had for it (any more). Raises the revision. */
  readonly markAdopted: (tx: Tx, bookingId: BookingId, address: string, userId: UserId) => Promise<boolean>;
  /** A ticket of a confirmed booking has another holder: only the revision rises. false when it is not confirmed (any more). */
  readonly markTicketsMoved: (tx: Tx, bookingId: BookingId) => Promise<boolean>;
  /** Moves the end of the time to pay of a pending booking. */
  readonly movePayBy: (tx: Tx, bookingId: BookingId, payBy: Date) => Promise<boolean>;
  /** Newest first. */
  readonly listOfUser: (
    userId: UserId,
    filter: { readonly status: BookingStatus | null },
    page: PageRequest,
  ) => Promise<Page<Booking>>;
  readonly countOfUser: (
    userId: UserId,
    filter: { readonly status: BookingStatus | null },
  ) => Promise<number>;
  /** The ids of an event's bookings that are neither expired nor cancelled, after this one, in the order of their ids. */
  readonly listOfEvent: (
    eventId: EventId,
    after: BookingId | null,
    limit: number,
  ) => Promise<readonly { readonly id: BookingId }[]>;
  /** Takes down that it was reached by this change, with the new date where there is one; false when it was before. */
  readonly markChanged: (
    tx: Tx,
    bookingId: BookingId,
    changeId: EventChangeId,
    startsAt: EventTime | null,
  ) => Promise<boolean>;
  /** An event's that fit, the newest first; those of an import in the order of its list. Throws `cursor.invalid`. */
  readonly listSold: (eventId: EventId, filter: SoldFilter, page: PageRequest) => Promise<Page<Booking>>;
  /** Of an import, in the order of its list. None is ever removed, so that once it has ended each keeps its place. */
  readonly listOfImport: (importId: AttendeeImportId, skip: number, limit: number) => Promise<Booking[]>;
  readonly countOfImport: (importId: AttendeeImportId) => Promise<number>;
  /** All bookings of an event, streamed. */
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Booking>;
};

/** null: whatever it is. */
export type SoldFilter = {
  readonly status: BookingStatus | null;
  readonly importId: AttendeeImportId | null;
  readonly keys: Extract<SoldSearch, { readonly kind: 'keys' }> | null;
};

/** The hold has its booking already; a repeated checkout answers with that one. */
export class BookingExists extends Error {
  override readonly name = 'BookingExists';
}

/** References that are taken. */
export type ReferenceStore = {
  /** Throws ReferenceTaken. */
  readonly insert: (tx: Tx, reference: string, bookingId: BookingId) => Promise<void>;
  /** The same for many in one round trip; throws ReferenceTaken when one is taken. */
  readonly insertAll: (
    tx: Tx,
    references: readonly { readonly reference: string; readonly id: BookingId }[],
  ) => Promise<void>;
  /** Whose it is, whatever organization's. */
  readonly find: (reference: string) => Promise<BookingId | null>;
};

/** Two bookings drew the same reference: draw again. */
export class ReferenceTaken extends Error {
  override readonly name = 'ReferenceTaken';
}

/** Draws references at random. */
export type ReferenceSource = { readonly next: () => string };

/** Names persons who are known by an e-mail address only, so that no address stands in claims and counts. Not secret: a hash. */
export type PersonKeys = { readonly ofEmail: (emailKey: string) => string };

/** So many more units count against a person. */
export type Raise = {
  readonly person: string;
  readonly by: number;
  /** null: without a limit. */
  readonly max: number | null;
  /** Whose units count as well: the account of an address and the address itself are one person. */
  readonly alongside?: string | null;
  /** Writes what `alongside` has, too, so that of two at once who raise the one and the other the later one sees it. One of them must. */
  readonly meets?: boolean;
};

/** How many units of an event each person has claimed: one document each, so that parallel checkouts meet on it. */
export type BuyerLimitStore = {
  /** Throws `hold.limit` when the person would have more than `max`, and `hold.limit_shared` when only both together would. */
  readonly raise: (tx: Tx, eventId: EventId, raise: Raise) => Promise<void>;
  /** The same for many persons in the same round trips, each at most once. */
  readonly raiseAll: (tx: Tx, eventId: EventId, raises: readonly Raise[]) => Promise<void>;
  readonly lower: (tx: Tx, eventId: EventId, person: string, by: number) => Promise<void>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<{ person: string; count: number }>;
};

/** What checkout and finalize must know of an event, as it stands in Mongo. */
export type SaleEvent = {
  readonly id: EventId;
  readonly organizationId: OrganizationId;
  readonly status: EventStatus;
  readonly title: string;
  readonly startsAt: EventTime;
  /** null: from publication. */
  readonly salesStartAt: Date | null;
  /** null: sold until the start. */
  readonly salesEndAt: Date | null;
  readonly venueId: VenueId;
  readonly maxPerPerson: number;
  /** Set when the show was put off or moved. */
  readonly postponement?: Postponement;
  readonly waitlist?: WaitlistSettings | undefined;
  /** Absent: as DEFAULT_TRANSFERS says. */
  readonly transfers?: TransferSetting | undefined;
};

/** Reads events for a sale; with `tx` as part of it. Nothing here writes the event. */
export type SaleEventReader = {
  readonly find: (eventId: EventId, tx?: Tx) => Promise<SaleEvent | null>;
  /** Of many at once, what decides whether there are tickets. */
  readonly findMoments: (
    eventIds: readonly EventId[],
    tx?: Tx,
  ) => Promise<ReadonlyMap<EventId, Pick<SaleEvent, 'status' | 'startsAt' | 'salesEndAt'>>>;
};

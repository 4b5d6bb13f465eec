import type { UnitId } from '../inventory/unit.ts';
import type { BookingId, EventId, OfferId, UserId, WaitlistEntryId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { EntryEndReason, EntryStatus, WaitlistEntry, Wish } from './entry.ts';
import type { Offer, OfferStatus } from './offer.ts';

/** Entries in Mongo. Each `mark` is a compare-and-set and answers whether it was this call that moved the entry. */
export type WaitlistEntryStore = {
  /** Throws `waitlist.joined_already` when the person waits for the same already, `waitlist.id_in_use`. */
  readonly insert: (tx: Tx, entry: WaitlistEntry) => Promise<void>;
  readonly find: (entryId: WaitlistEntryId, tx?: Tx) => Promise<WaitlistEntry | null>;
  /** Newest first. */
  readonly listOfUser: (userId: UserId, page: PageRequest) => Promise<Page<WaitlistEntry>>;
  /** Oldest first, which is the order in which people are served; ended ones too, unless one status is asked for. */
  readonly listOfEvent: (
    eventId: EventId,
    page: PageRequest,
    status?: EntryStatus,
  ) => Promise<Page<WaitlistEntry>>;
  readonly countOfEvent: (eventId: EventId) => Promise<EntryCounts>;
  readonly countActive: (tx: Tx, eventId: EventId, userId: UserId) => Promise<number>;
  /** Who waits for any of the same pools and came before. */
  readonly countAhead: (entry: Pick<WaitlistEntry, 'place' | 'eventId' | 'pools'>) => Promise<number>;
  /** Those of the pools that somebody waits for. */
  readonly wantedPools: (tx: Tx, eventId: EventId, pools: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The first that wait for any of these pools, in their order; null: for whatever. */
  readonly listWaiting: (
    eventId: EventId,
    pools: readonly string[] | null,
    limit: number,
    tx?: Tx,
  ) => Promise<WaitlistEntry[]>;
  /** Events that somebody waits for. */
  readonly eventsWaitedFor: () => Promise<EventId[]>;
  /** waiting -> offered, if nothing about it has changed since it was read. */
  readonly markOffered: (
    tx: Tx,
    entry: Pick<WaitlistEntry, 'id' | 'revision'>,
    offerId: OfferId,
  ) => Promise<boolean>;
  /** offered -> waiting for so many more, in the same place. */
  readonly markWaiting: (
    tx: Tx,
    entryId: WaitlistEntryId,
    offerId: OfferId,
    quantity: number,
  ) => Promise<boolean>;
  /** offered -> waiting, as it was: the offer was taken back. */
  readonly markWaitingAgain: (tx: Tx, entryId: WaitlistEntryId, offerId: OfferId) => Promise<boolean>;
  /** offered -> converted | lapsed. */
  readonly markAnswered: (
    tx: Tx,
    entryId: WaitlistEntryId,
    offerId: OfferId,
    to: 'converted' | 'lapsed',
    at: Date,
  ) => Promise<boolean>;
  /** waiting | offered -> cancelled; from one of them alone when it is named. */
  readonly markCancelled: (
    tx: Tx,
    entryId: WaitlistEntryId,
    reason: EntryEndReason,
    at: Date,
    from?: 'waiting' | 'offered',
  ) => Promise<boolean>;
  /** waiting | offered -> cancelled by the organizer. */
  readonly markRemoved: (
    tx: Tx,
    entryId: WaitlistEntryId,
    removal: NonNullable<WaitlistEntry['removal']>,
    at: Date,
  ) => Promise<boolean>;
  /** These units go past the entry until it is offered others. */
  readonly withhold: (tx: Tx, entryId: WaitlistEntryId, unitIds: readonly UnitId[]) => Promise<void>;
  /** Of a waiting entry that wants more than that. */
  readonly markReduced: (tx: Tx, entryId: WaitlistEntryId, quantity: number) => Promise<boolean>;
  /** Units went past these once more. */
  readonly countSkip: (tx: Tx, entryIds: readonly WaitlistEntryId[]) => Promise<void>;
};

/** How many entries there are, and what is waited for: the wishes that most wait for first, at most 100 of them. */
export type EntryCounts = {
  readonly entries: Readonly<Record<EntryStatus, number>>;
  readonly ticketsWanted: number;
  readonly wishes: readonly { readonly wish: Wish; readonly entries: number; readonly tickets: number }[];
};

export type OpenOfferCounts = { readonly open: number; readonly units: number };

/** Offers in Mongo. One open offer an entry, by a unique index. */
export type OfferStore = {
  readonly insert: (tx: Tx, offer: Offer) => Promise<void>;
  readonly find: (offerId: OfferId, tx?: Tx) => Promise<Offer | null>;
  readonly findMany: (offerIds: readonly OfferId[]) => Promise<Offer[]>;
  /** open -> accepted. */
  readonly markAccepted: (tx: Tx, offerId: OfferId, bookingId: BookingId, at: Date) => Promise<boolean>;
  /** open -> declined | expired | withdrawn. */
  readonly markEnded: (
    tx: Tx,
    offerId: OfferId,
    to: Exclude<OfferStatus, 'open' | 'accepted'>,
    at: Date,
  ) => Promise<boolean>;
  /** Open offers of an event, oldest first, bounded: what is left comes with the next call. */
  readonly listOpen: (eventId: EventId, limit: number) => Promise<Offer[]>;
  readonly countOpen: (eventId: EventId) => Promise<OpenOfferCounts>;
  /** All offers of an event, streamed. */
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Offer>;
};

/** What is known of an event's list as a whole. */
export type Waitlist = { readonly eventId: EventId; readonly pausedAt: Date | null };

export type WaitlistStore = {
  /** As part of `tx`: who else promotes for this event meets it, and comes after. */
  readonly takeTurn: (tx: Tx, eventId: EventId) => Promise<Waitlist>;
  readonly find: (eventId: EventId) => Promise<Waitlist>;
  /** null: resumed. false: it was so before. */
  readonly setPaused: (tx: Tx, eventId: EventId, at: Date | null) => Promise<boolean>;
};

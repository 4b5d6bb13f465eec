import type { Event } from '../events/event.ts';
import type { EventId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { AvailabilitySnapshot } from './availability.ts';
import type { AvailabilityView } from './availability-view.ts';
import type { Claim } from './claim.ts';
import type { EventLayout } from './layout.ts';
import type { Unit, UnitId } from './unit.ts';

/** Claims in Mongo: the truth about who has which unit. */
export type ClaimStore = {
  /** All or none. Throws `units.taken` naming every unit that somebody else has. */
  readonly insertAll: (tx: Tx, claims: readonly Claim[]) => Promise<void>;
  /** Frees what `owner` has of the event, or only what of it is among `unitIds`; returns the freed unit ids. Units of another owner are left alone. */
  readonly deleteOwned: (
    tx: Tx,
    eventId: EventId,
    owner: string,
    unitIds?: readonly UnitId[],
  ) => Promise<UnitId[]>;
  /**
   * What `from` has of the event, or only what of it is among `unitIds`, is `to`'s from now on; returns those that moved. A
   * compare-and-set on the owner: units of another one are left alone.
   */
  readonly moveOwned: (
    tx: Tx,
    eventId: EventId,
    from: string,
    to: { readonly owner: string; readonly person: string | null },
    unitIds?: readonly UnitId[],
  ) => Promise<UnitId[]>;
  readonly listOwned: (eventId: EventId, owner: string, tx?: Tx) => Promise<Claim[]>;
  /** From now on the owner's unit counts against this person. Returns against whom it did before; null when the owner has not the unit. */
  readonly countAgainst: (
    tx: Tx,
    claim: Pick<Claim, 'eventId' | 'unitId' | 'owner' | 'person'>,
  ) => Promise<Pick<Claim, 'person'> | null>;
  readonly findOwners: (eventId: EventId, unitIds: readonly UnitId[], tx?: Tx) => Promise<Claim[]>;
  /** All claims of an event, streamed, with majority read concern. */
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Claim>;
  /** Events of which the waitlist has units. */
  readonly eventsWithWaitlistUnits: () => Promise<EventId[]>;
  readonly hasAnyBooked: (eventId: EventId) => Promise<boolean>;
};

/** What Redis needs to know about an event besides its units. */
export type EventGate = {
  readonly eventId: EventId;
  readonly revision: number;
  readonly status: 'draft' | 'published' | 'postponed' | 'cancelled' | 'completed';
  readonly salesFrom: Date | null;
  readonly salesUntil: Date;
  /** Capacity by pool index. */
  readonly capacities: readonly number[];
  readonly seatCount: number;
  /**
   * Which pools there are and how big the seated ones are. While it stays the same, a new revision is taken over in place
   * (areas may grow); when it differs, unit numbers mean something else and the copy must be rebuilt.
   */
  readonly shape: string;
};

export type ClaimChange = {
  readonly eventId: EventId;
  readonly owner: string;
  readonly person: string | null;
  readonly change: 'mark' | 'free';
  readonly units: readonly Unit[];
  /**
   * The mark holds although this owner freed these units before: the claims have just been read in Mongo. Without it such a mark is refused
   * as a late one.
   */
  readonly again?: boolean | undefined;
  /** Of a mark: who had the units before. Should a mark of that owner come later, it is late, and refused. */
  readonly from?: string | undefined;
};

/** An event with its layout, both of one revision. */
export type EventWithLayout = { readonly event: Event; readonly layout: EventLayout };

/** Events and layouts as this process remembers them. Both throw `thing.not_found`. */
export type LayoutSource = {
  /** From memory when it is there, so it may be older than Mongo; Redis tells by the revision (`stale`). */
  readonly get: (eventId: EventId) => Promise<EventWithLayout>;
  /** From Mongo by a read that begins after the call, then remembered. Parallel calls for one event share a read. */
  readonly refresh: (eventId: EventId) => Promise<EventWithLayout>;
};

/**
 * The copy of the inventory in Redis. Everything here may be lost at any moment and is put back by `rebuild`. All calls
 * are idempotent. `cold`: there is no (whole) copy now; for `follow` that is no fault, because a rebuild reads Mongo later.
 */
export type InventoryMirror = {
  /** Applies claim changes. A free is a no-op unless the owner matches; a mark of an owner freed in the last 24 h is refused. */
  readonly follow: (change: ClaimChange) => Promise<'applied' | 'cold'>;
  /** Sets the gate unless Redis already has a higher revision. `cold` also when its shape differs: rebuild then. */
  readonly setGate: (gate: EventGate) => Promise<'applied' | 'cold'>;
  /** Builds the copy from Mongo if it is missing (or `force`). Safe to call from many processes: one does the work. */
  readonly rebuild: (
    layout: EventLayout,
    gate: EventGate,
    claims: () => AsyncIterable<Claim>,
    force?: boolean,
  ) => Promise<'rebuilt' | 'warm' | 'busy'>;
  /** Releases due holds of the event; returns how many ended. */
  readonly sweep: (eventId: EventId) => Promise<number>;
  /** Unit -> owner for everything that is not free; holds have owner `h:<holdId>`. null when cold. Streams in pages. */
  readonly owners: (eventId: EventId) => Promise<ReadonlyMap<UnitId, string> | null>;
};

export const ENCODINGS = ['identity', 'gzip', 'br'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** One version of an event's availability, ready to be served. */
export type AvailabilityPage = {
  readonly snapshot: AvailabilitySnapshot;
  readonly view: AvailabilityView;
  /** Quoted, as HTTP wants it: `"<epoch>-<version>"`. */
  readonly etag: string;
  /** `view` as JSON bytes; each encoding is made once per version. */
  readonly body: (encoding: Encoding) => Uint8Array;
};

/** What a process remembers of availability. null when Redis is cold. */
export type AvailabilityCache = {
  /** At most 250 ms old. */
  readonly get: (eventId: EventId) => Promise<AvailabilityPage | null>;
  /** The same if that needs no wait; null: ask `get`. An id that names nothing is never at hand. */
  readonly atHand: (eventId: string) => AvailabilityPage | null;
  /** Read from Redis now; parallel calls for one event share one read. */
  readonly refresh: (eventId: EventId) => Promise<AvailabilityPage | null>;
};

export type AvailabilityReader = {
  /** Straight from Redis, in one round trip, due expiries applied first. null when cold. */
  readonly read: (eventId: EventId) => Promise<AvailabilitySnapshot | null>;
};

/** Tells that an event changed. Only a bell: rings may be lost or come twice, so whoever listens also looks by itself now and then. */
export type ChangeBell = {
  /**
   * `ring` is called after changes from now on, and once whenever the subscription has been put (back) in place, because what came
   * before went unheard. Resolves when it is in place, or half a second later without it. One subscription an event and process.
   */
  readonly listen: (eventId: EventId, ring: () => void) => Promise<() => void>;
};

import type { EventId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { AvailabilitySnapshot } from './availability.ts';
import type { Claim } from './claim.ts';
import type { EventLayout } from './layout.ts';
import type { Unit, UnitId } from './unit.ts';

/** Claims in Mongo: the truth about who has which unit. */
export type ClaimStore = {
  /** All or none. Throws `units.taken` naming every unit that somebody else has. */
  readonly insertAll: (tx: Tx, claims: readonly Claim[]) => Promise<void>;
  /** Frees what `owner` has of the event; returns the freed unit ids. Units of another owner are left alone. */
  readonly deleteOwned: (tx: Tx, eventId: EventId, owner: string) => Promise<UnitId[]>;
  readonly listOwned: (eventId: EventId, owner: string) => Promise<Claim[]>;
  readonly findOwners: (eventId: EventId, unitIds: readonly UnitId[]) => Promise<Claim[]>;
  /** All claims of an event, streamed, with majority read concern. */
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Claim>;
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
};

export type ClaimChange = {
  readonly eventId: EventId;
  readonly owner: string;
  readonly person: string | null;
  readonly change: 'mark' | 'free';
  readonly units: readonly Unit[];
};

/**
 * The copy of the inventory in Redis. Everything here may be lost at any moment and is put back by `rebuild`. All calls
 * are idempotent. `cold`: there is no (whole) copy now; for `follow` that is no fault, because a rebuild reads Mongo later.
 */
export type InventoryMirror = {
  /** Applies claim changes. A free is a no-op unless the owner matches; a mark of an owner freed in the last 24 h is refused. */
  readonly follow: (change: ClaimChange) => Promise<'applied' | 'cold'>;
  /** Sets the gate unless Redis already has a higher revision. */
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

export type AvailabilityReader = {
  /** Straight from Redis, in one round trip, due expiries applied first. null when cold. */
  readonly read: (eventId: EventId) => Promise<AvailabilitySnapshot | null>;
};

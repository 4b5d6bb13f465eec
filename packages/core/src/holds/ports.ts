import type { Unit, UnitId } from '../inventory/unit.ts';
import type { Quote } from '../pricing/quote.ts';
import type { EventId, HoldId } from '../shared/ids.ts';
import type { TurnClaim } from '../waiting-room/presented-pass.ts';
import type { NoTurn } from '../waiting-room/turn-refusal.ts';
import type { Hold, HoldOwner } from './hold.ts';

/** What to take: the first candidate block of which every unit is free, or some numbered places of an area. */
export type Pick =
  | { readonly kind: 'blocks'; readonly candidates: readonly (readonly Unit[])[] }
  | {
      readonly kind: 'places';
      readonly pool: number;
      readonly areaId: string;
      readonly quantity: number;
      /** Content with as few as this. Equal to `quantity`: all or nothing. */
      readonly atLeast: number;
    };

export type PlaceHoldRequest = {
  readonly holdId: HoldId;
  readonly eventId: EventId;
  /** Revision of the layout that the picks were made from. */
  readonly revision: number;
  readonly owner: HoldOwner;
  readonly ttlMs: number;
  /** Units that one person may have in this event, held and sold together. */
  readonly maxPerPerson: number;
  /** Also before the sale starts and after it ends; absent: within the sales window only. */
  readonly anyTime?: boolean;
  /** All of them or none. */
  readonly picks: readonly Pick[];
  readonly quote: Quote;
  /** null: the event has no waiting room. */
  readonly turn: TurnClaim | null;
};

export type NotOnSale = 'not_published' | 'cancelled' | 'not_started' | 'ended' | 'postponed';

/** `stale`: the layout has a newer revision, load it and pick again. `cold`: Redis has no (whole) copy of this event. */
export type PlaceHoldOutcome =
  | { readonly outcome: 'held'; readonly hold: Hold }
  | { readonly outcome: 'taken'; readonly pick: number; readonly unitIds: readonly UnitId[] }
  | { readonly outcome: 'short'; readonly pick: number; readonly left: number }
  | { readonly outcome: 'limit'; readonly have: number }
  | { readonly outcome: 'not_on_sale'; readonly reason: NotOnSale }
  | { readonly outcome: 'no_turn'; readonly reason: NoTurn; readonly leftMs: number | null }
  | { readonly outcome: 'id_in_use' }
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'cold' };

type Ended = { readonly outcome: 'gone' } | { readonly outcome: 'cold' };

/** Holds in Redis. Each call is one script, one round trip; each is idempotent, so that a lost answer may be asked again. */
export type HoldStore = {
  /** The same id and owner again: the hold as it stands. */
  readonly place: (request: PlaceHoldRequest) => Promise<PlaceHoldOutcome>;
  readonly find: (eventId: EventId, holdId: HoldId, owner: HoldOwner) => Promise<Hold | null>;
  readonly extend: (
    eventId: EventId,
    holdId: HoldId,
    owner: HoldOwner,
    ttlMs: number,
  ) => Promise<
    | { outcome: 'extended'; hold: Hold }
    | { outcome: 'extended_already' | 'converting' }
    | { outcome: 'not_on_sale'; reason: NotOnSale }
    | Ended
  >;
  /** `gone` when there is nothing to release: for the caller that is as good. */
  readonly release: (
    eventId: EventId,
    holdId: HoldId,
    owner: HoldOwner,
  ) => Promise<{ outcome: 'released' | 'converting' } | Ended>;
  /** Moves the hold, and what it counts against the limit, from a visitor to an account. */
  readonly adopt: (
    eventId: EventId,
    holdId: HoldId,
    from: HoldOwner,
    to: HoldOwner,
    maxPerPerson: number,
  ) => Promise<
    | { outcome: 'adopted'; hold: Hold }
    | { outcome: 'limit'; have: number }
    /** Placed in a turn that is another account's by now. */
    | { outcome: 'bound' }
    | { outcome: 'converting' }
    | Ended
  >;
  /**
   * active -> converting for 60 s, fenced by `token`. The same token again answers the same. Refused when the event is not
   * published any more. A converting hold is neither released nor expired.
   */
  readonly beginConversion: (
    eventId: EventId,
    holdId: HoldId,
    owner: HoldOwner,
    token: string,
  ) => Promise<
    | { outcome: 'converting'; hold: Hold }
    | { outcome: 'held_by_other_checkout' }
    /** Another hold of the same turn is being checked out, or was. */
    | { outcome: 'used' }
    | { outcome: 'not_on_sale'; reason: NotOnSale }
    | Ended
  >;
  /** converting -> converted: the units now belong to `bookingId`, and the turn that it was made in is used for good. Marks the units also when the hold is gone: Mongo has decided. */
  readonly completeConversion: (
    eventId: EventId,
    holdId: HoldId,
    token: string,
    bookingId: string,
    person: string,
    units: readonly Unit[],
    turn?: number,
  ) => Promise<void>;
  /** converting -> active with the time it had left, and with its turn. A no-op unless the token matches. */
  readonly abortConversion: (
    eventId: EventId,
    holdId: HoldId,
    token: string,
    /** Something else was bought in the turn of this hold, as Mongo says: it stays used. */
    turnSpent?: boolean,
  ) => Promise<void>;
};

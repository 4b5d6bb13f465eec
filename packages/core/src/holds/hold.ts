import type { Unit, UnitId } from '../inventory/unit.ts';
import type { Quote } from '../pricing/quote.ts';
import type { EventId, HoldId, OrganizationId, UserId, VisitorId } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const HOLD_STATES = ['active', 'converting', 'converted', 'released', 'expired'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export const holdTransitions: Transitions<HoldState> = {
  active: ['converting', 'released', 'expired'],
  converting: ['converted', 'active'],
  converted: [],
  released: [],
  expired: [],
};

/**
 * Who a hold belongs to, and whom its units count against: an account, a visitor who has not logged in yet, or an organization
 * that sells on somebody's behalf: the limit per person is then kept when it is sold.
 */
export type HoldOwner = UserId | VisitorId | OrganizationId;

/**
 * Units kept for somebody for a few minutes, in Redis only. Ended holds are forgotten at once: only `active` and
 * `converting` ones can be found. The id is a name, not a right: every command also needs the owner.
 */
export type Hold = {
  readonly id: HoldId;
  readonly eventId: EventId;
  readonly owner: HoldOwner;
  readonly state: 'active' | 'converting';
  readonly units: readonly Unit[];
  /** Units that left the hold because a claim in Mongo beat it; the buyer must be told. Usually empty. */
  readonly lost: readonly UnitId[];
  readonly quote: Quote;
  readonly extended: boolean;
  readonly expiresAt: Date;
  /** Number of the turn that it was placed in; absent: the event had no waiting room, or an organizer holds. */
  readonly turn?: number;
};

/** How long a checkout may keep a hold in `converting` before it falls back to `active`. */
export const CONVERSION_MS = 60_000;

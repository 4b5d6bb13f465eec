import type { EventId } from '../shared/ids.ts';
import type { UnitId } from './unit.ts';

/** Who a claimed unit is promised or sold to. */
export type ClaimOwner =
  | { readonly kind: 'booking' | 'offer'; readonly id: string }
  | { readonly kind: 'waitlist' | 'blocked' | 'retired' };

/** The owner as Mongo and Redis write it: the booking's or offer's id, or the bare word. */
export const ownerKey = (owner: ClaimOwner): string => ('id' in owner ? owner.id : owner.kind);

/**
 * A unit promised or sold. At most one per (eventId, unitId), by a unique index: this index, and nothing in Redis, is
 * what makes a double sale impossible.
 */
export type Claim = {
  readonly eventId: EventId;
  readonly unitId: UnitId;
  readonly owner: string;
  /** Who the unit counts against under the event's limit per person; null for nobody. */
  readonly person: string | null;
  readonly claimedAt: Date;
};

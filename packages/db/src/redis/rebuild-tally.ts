import type { Claim } from '@eventhorizon/core/inventory/claim';
import type { EventLayout } from '@eventhorizon/core/inventory/layout';
import type { Unit } from '@eventhorizon/core/inventory/unit';

/** Up to this many free places below the cursor are listed; a sparser area starts its cursor at its first free place. */
const MAX_LISTED = 20_000;

/** A bit a unit, so that counting a million claims takes 125 kB. */
const bitSet = (size: number) => {
  const bytes = new Uint8Array(Math.ceil(size / 8));
  return {
    has: (index: number): boolean => (((bytes[index >> 3] ?? 0) >> (index & 7)) & 1) === 1,
    add: (index: number): void => {
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
    },
  };
};

/** What a rebuild knows besides the units themselves. Places are numbered from 1. */
export type RebuildTally = {
  /** The claim's unit, counted; null when this layout has no such unit, or the unit came already. */
  readonly add: (claim: Claim) => Unit | null;
  readonly takenOf: (pool: number) => number;
  readonly seats: Uint8Array;
  /** Where the cursor of an area starts, and the free places below it. */
  readonly cursorOf: (pool: number) => { readonly next: number; readonly freed: readonly number[] };
};

export const rebuildTally = (layout: EventLayout): RebuildTally => {
  const taken = layout.pools.map(() => 0);
  const highest = layout.pools.map(() => 0);
  const places = layout.pools.map((pool) => bitSet(pool.kind === 'places' ? pool.capacity + 1 : 0));
  const claimedSeats = bitSet(layout.seats.length);
  const seats = new Uint8Array(Math.ceil(layout.seats.length / 4));

  return {
    add: ({ unitId, owner }) => {
      const unit = layout.findUnit(unitId);
      if (unit === null) return null;
      const [claimed, index] = unit.seat >= 0 ? [claimedSeats, unit.seat] : [places[unit.pool], unit.place];
      if (claimed === undefined || claimed.has(index)) return null;
      claimed.add(index);
      taken[unit.pool] = (taken[unit.pool] ?? 0) + 1;
      highest[unit.pool] = Math.max(highest[unit.pool] ?? 0, unit.place);
      if (unit.seat >= 0) {
        const state = owner === 'blocked' || owner === 'retired' ? 3 : 2;
        seats[unit.seat >> 2] = (seats[unit.seat >> 2] ?? 0) | (state << (6 - 2 * (unit.seat & 3)));
      }
      return unit;
    },
    takenOf: (pool) => taken[pool] ?? 0,
    seats,
    cursorOf: (pool) => {
      const freed: number[] = [];
      const top = highest[pool] ?? 0;
      for (let place = 1; place <= top; place += 1) {
        if (places[pool]?.has(place)) continue;
        if (freed.length === MAX_LISTED) return { next: freed[0] ?? place, freed: [] };
        freed.push(place);
      }
      return { next: top + 1, freed };
    },
  };
};

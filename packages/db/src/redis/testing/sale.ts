import type { Event } from '@eventhorizon/core/events/event';
import type { HoldOwner } from '@eventhorizon/core/holds/hold';
import { placeHold } from '@eventhorizon/core/holds/place-hold';
import { type PlaceHoldInput, placeHoldInput } from '@eventhorizon/core/holds/place-hold-input';
import { eventGate } from '@eventhorizon/core/inventory/event-gate';
import { layoutOf } from '@eventhorizon/core/inventory/layout';
import type { ClaimStore, EventWithLayout } from '@eventhorizon/core/inventory/ports';
import type { HoldId } from '@eventhorizon/core/shared/ids';
import { newId } from '../../testing/new-id.ts';
import { createAvailabilityCache } from '../availability-cache.ts';
import { type Inventory, onlyClaims, streamOf } from './inventory-fixture.ts';

/**
 * The use cases' dependencies on an inventory: real Redis, and a Mongo that is one event and a book of claims. `mongo.event`
 * may be changed by tests; this process notices at `refresh`, as the real one does.
 */
export const testSale = (t: Inventory) => {
  const mongo = { event: t.event };
  const withLayout = (event: Event): EventWithLayout => ({ event, layout: layoutOf(event, t.layout.seats) });
  const seen = { remembered: withLayout(t.event), refreshes: 0, streams: 0, trips: 0 };
  const layouts = {
    get: async () => seen.remembered,
    refresh: async () => {
      seen.refreshes += 1;
      if (mongo.event !== seen.remembered.event) seen.remembered = withLayout(mongo.event);
      return seen.remembered;
    },
  };
  const claims: Pick<ClaimStore, 'streamOfEvent' | 'findOwners'> = {
    streamOfEvent: () => {
      seen.streams += 1;
      return streamOf(t.book)();
    },
    findOwners: async (_eventId, unitIds) => unitIds.flatMap((unitId) => t.book.get(unitId) ?? []),
  };
  const counted = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      seen.trips += 1;
      return call(...args);
    };
  };
  const availability = createAvailabilityCache({
    reader: { read: counted(t.reader.read) },
    layouts,
    clock: { now: () => new Date() },
  });
  const deps = {
    holds: { ...t.holds, place: counted(t.holds.place), find: counted(t.holds.find) },
    mirror: t.mirror,
    layouts,
    claims,
    spentTurns: { streamOfEvent: onlyClaims(streamOf(t.book)).turns },
    availability,
    reader: t.reader,
  };
  return {
    deps,
    mongo,
    seen,
    gate: () => eventGate(mongo.event, withLayout(mongo.event).layout),
    /** placeHold on what clients send, as the API calls it. */
    place: (
      selections: readonly unknown[],
      who: { readonly owner?: HoldOwner; readonly holdId?: HoldId } = {},
    ) => {
      const raw = { eventId: t.event.id, holdId: who.holdId ?? newId('hld'), selections };
      const input: PlaceHoldInput = placeHoldInput.parse(raw);
      return placeHold(deps, { ...input, owner: who.owner ?? newId('usr') });
    },
  };
};

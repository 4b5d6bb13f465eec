import type { Claim } from '@eventhorizon/core/inventory/claim';
import { describe, expect, it } from 'vitest';
import { rebuildTally } from './rebuild-tally.ts';
import { testEvent } from './testing/inventory-fixture.ts';

const { event, layout, areaId } = testEvent({ seats: 5, places: 60_000 });
const claim = (unitId: string, owner = 'bkg_1'): Claim => ({
  eventId: event.id,
  unitId,
  owner,
  person: null,
  claimedAt: new Date(0),
});
const place = (n: number) => claim(`p:${areaId}:${n}`);

describe('the tally of a rebuild', () => {
  it('counts a unit once, however often the stream brings it, and skips what the layout does not have', () => {
    const tally = rebuildTally(layout);
    expect(tally.add(claim('s:g1'))?.seat).toBe(1);
    expect(tally.add(claim('s:g1'))).toBeNull();
    expect(tally.add(claim('s:nowhere'))).toBeNull();
    expect(tally.add(claim('s:g4', 'blocked'))?.seat).toBe(4);
    expect(tally.takenOf(0)).toBe(2);
    expect([...tally.seats]).toEqual([0b00_10_00_00, 0b11_00_00_00]);
  });
  it('lists the free places below the highest taken one', () => {
    const tally = rebuildTally(layout);
    for (const n of [1, 2, 5]) tally.add(place(n));
    expect(tally.cursorOf(1)).toEqual({ next: 6, freed: [3, 4] });
  });
  it('starts at the first free place when there are too many to list', () => {
    const tally = rebuildTally(layout);
    for (const n of [1, 60_000]) tally.add(place(n));
    expect(tally.cursorOf(1)).toEqual({ next: 2, freed: [] });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../inventory/layout.ts';
import { placeUnitId, seatUnitId } from '../inventory/unit.ts';
import { DomainError } from '../shared/errors.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { decideUpdate, type EventChanges } from './decide-update.ts';
import { type Event, issuedPlaces } from './event.ts';

const now = new Date('2026-06-01T00:00:00Z');
const seats = ['Front', 'Back'].map((category, i) => ({
  guid: `g${i}`,
  section: '',
  row: '1',
  number: `${i}`,
  category,
  x: i,
  y: 0,
  accessible: false,
}));

const { areas, ticketTypes, priceCategories } = draftEvent();
const area = fc.record({
  id: fc.constantFrom(...areas.map(({ id }) => id), undefined),
  name: fc.constantFrom('Floor', 'Pit'),
  capacity: fc.integer({ min: 1, max: 300 }),
  priceCategory: fc.constantFrom('Standing', 'Front', 'Nowhere'),
});
const type = fc.record({
  id: fc.constantFrom(...ticketTypes.map(({ id }) => id), undefined),
  name: fc.constantFrom('Adult', 'Child', 'Senior'),
  prices: fc.dictionary(fc.constantFrom('Front', 'Back', 'Standing', 'Nowhere'), fc.nat(9_999)),
});
const changes: fc.Arbitrary<EventChanges> = fc.record(
  {
    title: fc.constant('New'),
    currency: fc.constantFrom('EUR', 'USD'),
    seatMapId: fc.constantFrom(draftEvent().seatMapId, null),
    areas: fc.array(area, { maxLength: 2 }),
    ticketTypes: fc.array(type, { maxLength: 3 }),
    priceCategories: fc.shuffledSubarray([...priceCategories]),
    maxPerBooking: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: [] },
);

/** Every unit id that could have been sold under this event. */
const unitsOf = (event: Event) => [
  ...seats.map(({ guid }) => seatUnitId(guid)),
  ...event.areas.flatMap((a) => Array.from({ length: issuedPlaces(a) }, (_, i) => placeUnitId(a.id, i + 1))),
];

describe('whatever is done to an event on sale', () => {
  it('what was sold stays what it was: same place in the layout, same pool, same type, same currency', () => {
    const start = draftEvent({
      status: 'published',
      publishedAt: now,
      areas: areas.map((a) => ({ ...a, capacity: 60, issued: 80 })),
    });
    const ids = countingIds();
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 6 }), (steps) => {
        let event = start;
        for (const step of steps) {
          let next: Event;
          try {
            next = decideUpdate(event, step, now, ids);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
            continue;
          }
          const before = layoutOf(event, seats);
          const after = layoutOf(next, seats);
          for (const unitId of unitsOf(event))
            expect(after.findUnit(unitId)).toEqual(before.findUnit(unitId));
          expect(next.ticketTypes.map(({ id }) => id)).toEqual(
            expect.arrayContaining(event.ticketTypes.map(({ id }) => id)),
          );
          expect(next).toMatchObject({
            currency: 'EUR',
            seatMapId: event.seatMapId,
            revision: event.revision + 1,
          });
          for (const [i, a] of next.areas.entries())
            expect(issuedPlaces(a) - a.capacity).toBe(
              issuedPlaces(event.areas[i] ?? a) - (event.areas[i] ?? a).capacity,
            );
          event = next;
        }
      }),
    );
  });
});

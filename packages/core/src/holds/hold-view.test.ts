import { describe, expect, it } from 'vitest';
import { layoutOf } from '../inventory/layout.ts';
import type { EventWithLayout } from '../inventory/ports.ts';
import { house, testEvent, testId } from '../inventory/testing/seated-event.ts';
import { placeUnitId, type Unit } from '../inventory/unit.ts';
import { quoteFor } from '../pricing/quote.ts';
import type { Hold } from './hold.ts';
import { holdView } from './hold-view.ts';
import { showHold } from './show-hold.ts';

const { event, layout } = house('.b');
const place = (n: number): Unit => ({ unitId: placeUnitId(testId('are'), n), pool: 2, seat: -1, place: n });
const holdOf = (...units: Unit[]): Hold => ({
  id: testId('hld'),
  eventId: event.id,
  owner: testId('vis'),
  state: 'active',
  units,
  lost: ['s:gone'],
  quote: quoteFor(event, new Set(['A', 'B', 'S'])),
  extended: false,
  expiresAt: new Date(0),
});

describe('a hold as its owner sees it', () => {
  it('names each unit and its price category, so that every unit finds its prices in the quote', () => {
    const hold = holdOf(layout.seatUnit(0), layout.seatUnit(1), place(7));
    const { units, quote } = holdView(hold, layout);
    expect(units).toEqual([
      { unitId: 's:0-0', label: 'Stalls, row 0, seat 0', priceCategory: 'A', seat: 0, place: null },
      { unitId: 's:0-1', label: 'Stalls, row 0, seat 1', priceCategory: 'B', seat: 1, place: null },
      { unitId: place(7).unitId, label: 'Floor, place 7', priceCategory: 'S', seat: null, place: 7 },
    ]);
    const amounts = units.map(
      (unit) => quote.prices.find(({ priceCategory }) => priceCategory === unit.priceCategory)?.amount,
    );
    expect(amounts).toEqual([5_000, 4_000, 3_000]);
  });

  it('says what was lost and how long it lasts, and not whose it is', () => {
    const { owner: _owner, units: _units, ...rest } = holdOf();
    expect(holdView(holdOf(), layout)).toEqual({ ...rest, units: [] });
  });

  it('is shown from memory, and with the newest layout when an area has grown since', async () => {
    const grown: EventWithLayout = (() => {
      const areas = event.areas.map((area) => ({ ...area, capacity: 50 }));
      const bigger = testEvent({ areas, revision: 2 });
      return { event: bigger, layout: layoutOf(bigger, layout.seats) };
    })();
    let read = 0;
    const layouts = {
      get: async () => ({ event, layout }),
      refresh: async () => {
        read += 1;
        return grown;
      },
    };
    await showHold({ layouts }, holdOf(place(10)));
    expect(read).toBe(0);
    expect((await showHold({ layouts }, holdOf(place(11)))).units[0]?.label).toBe('Floor, place 11');
    expect(read).toBe(1);
    // Twin: without the second look it cannot be named.
    expect(() => holdView(holdOf(place(11)), layout)).toThrow(
      expect.objectContaining({ code: 'units.unknown' }),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SKIPS, planOffers } from './plan-offers.ts';
import { entryFor, hall, seats } from './testing/hall.ts';

const layout = hall(30);

const party = fc.record({
  quantity: fc.integer({ min: 1, max: 10 }),
  partWelcome: fc.boolean(),
  skips: fc.integer({ min: 0, max: MAX_SKIPS }),
});
const seatNumbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 30 });

test('whatever comes back to whoever waits: no unit is lost or given twice, nobody gets more than wanted, and who waits longest is served', () => {
  fc.assert(
    fc.property(fc.array(party, { maxLength: 12 }), seatNumbers, seatNumbers, (parties, listed, others) => {
      const entries = parties.map((one, n) => entryFor(n + 1, one));
      const list = seats(layout, ...listed);
      const onSale = seats(layout, ...others.filter((number) => !listed.includes(number)));
      const plan = planOffers(layout, entries, list, onSale);

      const given = plan.offers.flatMap(({ units }) => units);
      expect(new Set(given).size).toBe(given.length);
      const ofList = [...given.filter((unit) => list.includes(unit)), ...plan.kept, ...plan.released];
      expect(new Set(ofList)).toEqual(new Set(list));
      expect(ofList).toHaveLength(list.length);
      for (const { entry, units } of plan.offers) {
        expect(units.length).toBeGreaterThan(0);
        expect(units.length).toBeLessThanOrEqual(entry.quantity);
        if (!entry.partWelcome) expect(units).toHaveLength(entry.quantity);
      }
      // The first in line is only passed by when there is too little for it.
      const [first] = entries;
      const served = plan.offers.some(({ entry }) => entry === first);
      const enough =
        list.length + onSale.length >= (first?.partWelcome === true ? 1 : (first?.quantity ?? 99));
      if (first !== undefined) expect(served).toBe(enough);
      // What nobody fits is not kept: a unit goes back on sale only past those whom it is too little for.
      if (plan.released.length > 0)
        for (const entry of entries)
          if (!plan.offers.some((offer) => offer.entry === entry))
            expect(entry.partWelcome || entry.quantity <= 0).toBe(false);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import type { Unit } from '../inventory/unit.ts';
import { MAX_SKIPS, planOffers } from './plan-offers.ts';
import { entryFor, hall, seats } from './testing/hall.ts';

const layout = hall(10);
const numbers = (units: readonly Unit[]): number[] => units.map(({ seat }) => seat + 1);
const planned = (...args: Parameters<typeof planOffers>) => {
  const plan = planOffers(...args);
  return {
    offers: plan.offers.map(({ entry, units }) => [entry.id, numbers(units)]),
    skipped: plan.skipped.map(({ id }) => id),
    kept: numbers(plan.kept),
    released: numbers(plan.released),
  };
};

describe('whoever came first', () => {
  test('is served first, and what nobody fits is on sale again', () => {
    const [first, second] = [entryFor(1), entryFor(2)];
    expect(planned(layout, [first, second], seats(layout, 1, 5, 9))).toEqual({
      offers: [
        [first.id, [1]],
        [second.id, [5]],
      ],
      skipped: [],
      kept: [],
      released: [9],
    });
  });

  test('is content with a part only if it says so', () => {
    const [party, friends] = [entryFor(1, { quantity: 4 }), entryFor(2, { quantity: 4, partWelcome: true })];
    expect(planned(layout, [party, friends], seats(layout, 1, 2, 3))).toMatchObject({
      offers: [[friends.id, [1, 2, 3]]],
      skipped: [party.id],
      released: [],
    });
  });

  test('gets nothing of another pool', () => {
    const standing = entryFor(1, { pools: ['places:are_1'] });
    expect(planned(layout, [standing], seats(layout, 1))).toEqual({
      offers: [],
      skipped: [],
      kept: [],
      released: [1],
    });
  });
});

describe('a party that does not fit', () => {
  const party = (skips: number) => entryFor(1, { quantity: 3, skips });
  const couple = entryFor(2, { quantity: 2 });

  test('is skipped for those behind it, and that is counted', () => {
    expect(planned(layout, [party(0), couple], seats(layout, 1, 2))).toMatchObject({
      offers: [[couple.id, [1, 2]]],
      skipped: [party(0).id],
    });
  });

  test('was skipped often enough: what it could use is kept until it is enough', () => {
    const patient = party(MAX_SKIPS);
    expect(planned(layout, [patient, couple], seats(layout, 1, 2))).toEqual({
      offers: [],
      skipped: [],
      kept: [1, 2],
      released: [],
    });
    expect(planned(layout, [patient, couple], seats(layout, 1, 2, 7))).toMatchObject({
      offers: [[patient.id, [1, 2, 7]]],
      kept: [],
    });
  });

  test('twin: with no bound small parties starve it for ever', () => {
    let large = party(0);
    let served = 0;
    for (let day = 0; day < 20; day += 1) {
      const unbounded = { ...large, skips: 0 };
      const plan = planOffers(layout, [unbounded, entryFor(day + 2)], seats(layout, 1));
      served += plan.offers.length;
      large = { ...large, skips: large.skips + plan.skipped.length };
    }
    expect({ served, skips: large.skips }).toEqual({ served: 20, skips: 20 });
  });

  test('is not skipped by what is only kept for a party behind it', () => {
    const impatient = entryFor(1, { quantity: 5, skips: 1 });
    const patient = entryFor(2, { quantity: 3, skips: MAX_SKIPS });
    expect(planned(layout, [impatient, patient], seats(layout, 1, 2))).toEqual({
      offers: [],
      skipped: [],
      kept: [1, 2],
      released: [],
    });
  });
});

describe('seats', () => {
  test('are side by side where they can be, out of the shortest row that is long enough', () => {
    const couple = entryFor(1, { quantity: 2 });
    expect(planned(layout, [couple], seats(layout, 1, 3, 4, 5, 7, 8))).toMatchObject({
      offers: [[couple.id, [7, 8]]],
    });
  });

  test('are in few groups where they cannot', () => {
    const party = entryFor(1, { quantity: 4 });
    expect(planned(layout, [party], seats(layout, 1, 3, 4, 5, 7, 9))).toMatchObject({
      offers: [[party.id, [3, 4, 5, 1]]],
    });
  });

  test('on sale complete a party, and are never kept', () => {
    const party = entryFor(1, { quantity: 3, skips: MAX_SKIPS });
    const onSale = seats(layout, 2, 3);
    expect(planned(layout, [party], seats(layout, 1), onSale)).toMatchObject({
      offers: [[party.id, [1, 2, 3]]],
    });
    expect(planned(layout, [party], seats(layout, 1), onSale.slice(1))).toEqual({
      offers: [],
      skipped: [],
      kept: [1],
      released: [],
    });
  });
});

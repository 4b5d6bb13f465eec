import { expect, test } from 'vitest';
import { planByHand } from './plan-by-hand.ts';
import { planOffers } from './plan-offers.ts';
import { entryFor, hall, seats } from './testing/hall.ts';

const layout = hall(6);

test('units of the list are offered first, and completed from the sale', () => {
  const plan = planByHand(layout, entryFor(1, { quantity: 3 }), null, seats(layout, 1, 2), seats(layout, 3));
  expect(plan).toEqual({ fromList: seats(layout, 1, 2), fromSale: seats(layout, 3) });
});

test('a party that wants all or nothing is offered no part, whatever the organizer names', () => {
  const party = entryFor(1, { quantity: 3 });
  expect(() => planByHand(layout, party, 2, seats(layout, 1, 2), [])).toThrow(
    expect.objectContaining({ code: 'waitlist.bad_quantity' }),
  );
  expect(() => planByHand(layout, party, null, seats(layout, 1, 2), [])).toThrow(
    expect.objectContaining({ code: 'waitlist.nothing_fits', details: { wanted: 3, left: 2 } }),
  );
});

test('a number that the organizer names is offered whole or not at all; without one a part is what there is', () => {
  const party = entryFor(1, { quantity: 4, partWelcome: true });
  const list = seats(layout, 1, 2);
  expect(planByHand(layout, party, null, list, []).fromList).toHaveLength(2);
  expect(planByHand(layout, party, 1, list, []).fromList).toHaveLength(1);
  expect(() => planByHand(layout, party, 3, list, [])).toThrow(
    expect.objectContaining({ details: { wanted: 3, left: 2 } }),
  );
  expect(() => planByHand(layout, party, 5, seats(layout, 1, 2, 3, 4, 5), [])).toThrow(
    expect.objectContaining({ code: 'waitlist.bad_quantity' }),
  );
});

test('units whose offer was taken back go past their entry to the next, unless they are offered by hand', () => {
  const [first, second] = [entryFor(1, { withheld: ['s:g1'] }), entryFor(2)];
  const list = seats(layout, 1);
  expect(planOffers(layout, [first, second], list).offers).toMatchObject([{ entry: { id: second.id } }]);
  expect(planOffers(layout, [first], list).released).toEqual(list);
  expect(planByHand(layout, first, null, list, []).fromList).toEqual(list);
});

test('of other units the first in line is offered what it would be without that', () => {
  const [first, second] = [entryFor(1, { withheld: ['s:g1'] }), entryFor(2)];
  expect(planOffers(layout, [first, second], seats(layout, 1, 2)).offers).toMatchObject([
    { entry: { id: first.id }, units: [{ unitId: 's:g2' }] },
    { entry: { id: second.id }, units: [{ unitId: 's:g1' }] },
  ]);
});

import { describe, expect, it } from 'vitest';
import { draftEvent, testSeatMap } from '../testing/draft-event.ts';
import type { Event } from './event.ts';
import { whyNotPublishable } from './why-not-publishable.ts';

const now = new Date('2026-06-01T00:00:00Z');
const reasons = (
  changes: Partial<Event> = {},
  seatMap = testSeatMap() as ReturnType<typeof testSeatMap> | null,
  at = now,
) => whyNotPublishable(draftEvent(changes), seatMap, at);
const [adult] = draftEvent().ticketTypes;
if (adult === undefined) throw new Error('the builder has changed');

describe('publishing', () => {
  it('has nothing against a complete event', () => {
    expect(reasons()).toEqual([]);
  });

  it('has nothing against seat categories that are not sold', () => {
    expect(
      reasons({}, testSeatMap({ categories: [...testSeatMap().categories, { name: 'Press', color: null }] })),
    ).toEqual([]);
  });

  it('tells every reason at once', () => {
    expect(
      reasons(
        { ticketTypes: [], priceCategories: [], areas: [], seatMapId: null },
        null,
        new Date('2027-01-01'),
      ),
    ).toEqual([
      'it has no ticket types',
      'it has no price categories',
      'it has neither a seat map nor areas',
      'it would start in the past',
      'its sale would have ended',
    ]);
  });

  it.each<[why: string, changes: Partial<Event>, reason: RegExp]>([
    [
      'a price category is of no seat and no area',
      { priceCategories: [...draftEvent().priceCategories, { key: 'Frnt', name: 'x', color: null }] },
      /"Frnt" is of no area and of no seat/,
    ],
    [
      'a price category has no price',
      { ticketTypes: [{ ...adult, prices: { Front: 1, Standing: 1 } }] },
      /no ticket type has a price for the price category "Back"/,
    ],
    [
      'one booking can cost more than can be charged',
      { ticketTypes: [{ ...adult, prices: { ...adult.prices, Front: 10_000_000 } }] },
      /more than can be charged/,
    ],
    [
      'a price in dinars has thousandths',
      { currency: 'KWD', ticketTypes: [{ ...adult, prices: { ...adult.prices, Front: 1_005 } }] },
      /KWD must be whole hundredths/,
    ],
    ['the sale has ended', { salesEndAt: now }, /sale would have ended/],
  ])('is refused when %s', (_why, changes, reason) => {
    const found = reasons(changes);
    expect(found.some((text) => reason.test(text))).toBe(true);
  });

  it('takes yen and dinars as they are', () => {
    expect(reasons({ currency: 'JPY' })).toEqual([]);
    expect(reasons({ currency: 'KWD' })).toEqual([]);
  });
});

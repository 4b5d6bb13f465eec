import { describe, expect, it } from 'vitest';
import { listingCursor, listingPageKey, listingPageQuery } from './listing-query.ts';
import { searchListingsInput } from './search-input.ts';

const issuesOf = (input: object): string[] =>
  searchListingsInput
    .safeParse(input)
    .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
const keyOf = (input: object): string => listingPageKey(listingPageQuery(searchListingsInput.parse(input)));

describe('what the listing may be asked for', () => {
  it.each([
    [{ text: '!!' }, 'text must have letters or digits'],
    [{ text: 'a b c d e f g h i' }, 'text must have at most 8 words'],
    [{ text: 'x'.repeat(101) }, 'text Too big: expected string to have <=100 characters'],
    [{ text: 'a\u0000' }, 'text has control characters'],
    [{ from: 'tomorrow' }, 'from must be a day like 2026-12-31 or an instant like 2026-12-31T19:00:00Z'],
    [{ to: '2026-02-30' }, 'to must be a day like 2026-12-31 or an instant like 2026-12-31T19:00:00Z'],
    [{ near: { latitude: 1, longitude: 2, radiusKm: 501 } }, 'near.radiusKm must be at most 500'],
    [{ near: { latitude: 1, longitude: 2, radiusKm: 0 } }, 'near.radiusKm must be at least 0.1'],
    [{ near: { latitude: 91, longitude: 2 } }, 'near.latitude Too big: expected number to be <=90'],
    [{ price: { max: 5 } }, 'price.currency Invalid input: expected string, received undefined'],
    [{ price: { currency: 'EUR', min: 6, max: 5 } }, 'price.min must not be above max'],
    [
      { sort: 'price' },
      'price needs a currency when sorting by price: amounts of different currencies have no order',
    ],
    [{ sort: 'distance' }, 'near needs a point when sorting by distance'],
    [{ limit: 101 }, 'limit Too big: expected number to be <=100'],
    [{ tags: ['#'] }, 'tags.0 must have letters or digits'],
  ])('is not %o', (input, issue) => {
    expect(issuesOf(input)).toEqual([issue]);
  });

  it('is one question in every spelling, so that a page is remembered once', () => {
    expect(keyOf({ text: 'Été  JAZZ jazz', tags: ['b', 'A', 'a'], city: 'KÖLN', country: 'de' })).toBe(
      keyOf({ text: 'jazz ete Jazz', tags: ['#a', 'B'], city: 'koln', country: 'DE', sort: 'date' }),
    );
  });

  it('is another question when anything of it differs', () => {
    const questions = [
      {},
      { text: 'a b' },
      { text: 'b a' },
      { limit: 3 },
      { from: '2026-12-01' },
      { from: '2026-12-01T00:00:00Z' },
      { to: '2026-12-01' },
      { to: '2026-12-01T00:00:00Z' },
      { city: 'a' },
      { category: 'a' },
      { tags: ['a'] },
      { country: 'DE' },
      { organizationId: 'org_01h455vb4pex5vsknk084sn02q' },
      { near: { latitude: 1, longitude: 2 } },
      { near: { latitude: 1, longitude: 2, radiusKm: 1 } },
      { price: { currency: 'EUR' } },
      { price: { currency: 'EUR', min: 0 } },
      { price: { currency: 'EUR', max: 0 } },
      { availableOnly: true },
      { sort: 'popularity' },
    ];
    expect(new Set(questions.map(keyOf)).size).toBe(questions.length);
  });

  it('goes on from a cursor whatever the size of the page, and only with the same question', () => {
    const asked = searchListingsInput.parse({ city: 'Köln' });
    const { query } = listingPageQuery(asked);
    const position = { key: 5, id: 'evt_01h455vb4pex5vsknk084sn02q' } as Parameters<typeof listingCursor>[1];
    const cursor = listingCursor(query, position);
    expect(listingPageQuery({ ...asked, cursor, limit: 3 }).after).toEqual(position);
    const other = searchListingsInput.parse({ city: 'Bonn', cursor });
    expect(() => listingPageQuery(other)).toThrow('This page cursor is not valid');
  });
});

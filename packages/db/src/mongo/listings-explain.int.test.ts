import { listingPageQuery } from '@eventhorizon/core/listings/listing-query';
import { searchListingsInput } from '@eventhorizon/core/listings/search-input';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { watchQueries } from './testing/explain.ts';
import { listingWorld } from './testing/listing-world.ts';
import { sampleListing } from './testing/sample-listing.ts';

const near = { latitude: 51.3, longitude: 12.4, radiusKm: 20 };
const price = { currency: 'EUR', max: 1_500 };

/** Conditions that an index can take as they are, so that it also gives the order by start. */
const EXACT: Readonly<Record<string, object>> = {
  nothing: {},
  'several words': { text: 'jazz ni' },
  city: { city: 'Leipzig' },
  category: { category: 'concert' },
  tags: { tags: ['live', 'open-air'] },
  organizer: { organizationId: newId('org') },
  availability: { availableOnly: true },
  'a range of days': { from: '2026-12-01', to: '2026-12-31' },
  'a range of instants': { from: '2026-12-01T00:00:00Z', to: '2026-12-31T00:00:00Z' },
};
const RANGES: Readonly<Record<string, object>> = {
  'the beginning of a word': { text: 'ja' },
  price: { price },
  point: { near },
  country: { country: 'DE' },
  everything: {
    ...{ text: 'jazz ni', from: '2026-12-01', to: '2026-12-31', city: 'Leipzig', country: 'DE', near, price },
    ...{ category: 'concert', tags: ['live'], organizationId: newId('org'), availableOnly: true },
  },
};
const position = { key: 5, id: newId('evt') };

/** Every question by every order, from the first page and from a later one. */
const QUESTIONS = Object.entries({ ...EXACT, ...RANGES }).flatMap(([name, input]) =>
  [{}, { sort: 'popularity' }, { sort: 'price', price }, { sort: 'distance', near }].map((order) => ({
    name,
    input: { ...input, ...order },
    sort: 'sort' in order ? order.sort : 'date',
  })),
);

describe('a search goes by an index', () => {
  it('whatever is asked for and however it is sorted', async () => {
    await using world = await listingWorld();
    await world.save(
      Array.from({ length: 30 }, () => sampleListing({ title: 'Jazz night', tags: ['live'] })),
    );
    using queries = watchQueries(world.client, world.db);
    for (const { input } of QUESTIONS) {
      const page = listingPageQuery(searchListingsInput.parse(input));
      await world.deps.listings.search(page, world.clock.now());
      await world.deps.listings.search({ ...page, after: position }, world.clock.now());
    }
    expect(queries.seen()).toHaveLength(QUESTIONS.length * 2);
    await queries.expectIndexed({ sortsInMemory: true });
  });

  it('and comes out of it in the order of the start, or of popularity or price, when that is all there is', async () => {
    await using world = await listingWorld();
    await world.save(
      Array.from({ length: 30 }, () => sampleListing({ title: 'Jazz night', tags: ['live'] })),
    );
    using queries = watchQueries(world.client, world.db);
    for (const input of [...Object.values(EXACT), { sort: 'popularity' }, { sort: 'price', price }]) {
      const page = listingPageQuery(searchListingsInput.parse(input));
      await world.deps.listings.search(page, world.clock.now());
      await world.deps.listings.search({ ...page, after: position }, world.clock.now());
    }
    await queries.expectIndexed();
  });

  it('twin: without the index a collection scan is seen', async () => {
    await using world = await listingWorld();
    await world.save([sampleListing()]);
    await world.db.collection('listings').dropIndexes();
    using queries = watchQueries(world.client, world.db);
    await world.search({ city: 'Leipzig' });
    await expect(queries.expectIndexed({ sortsInMemory: true })).rejects.toThrow('COLLSCAN');
  });
});

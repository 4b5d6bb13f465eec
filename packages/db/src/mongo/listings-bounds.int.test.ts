import { addMs, HOUR_MS } from '@eventhorizon/core/shared/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { listingsCollection } from './listings.ts';
import { watchQueries } from './testing/explain.ts';
import { listingWorld } from './testing/listing-world.ts';
import { sampleListing } from './testing/sample-listing.ts';

const MANY = 2_000;
const SHOWN = 20;
const TWICE = 2 * (SHOWN + 1);
const FIRST = new Date('2026-12-01T00:00:00Z');
const ORGANIZERS = Array.from({ length: 50 }, () => newId('org'));

/** One of 50 cities, tags and organizers each, one of 200 words; one in 50 in Luxembourg; a start an hour, the dear ones first, the next quarter sold out. */
const thousands = () =>
  Array.from({ length: MANY }, (_, n) => {
    const at = addMs(FIRST, n * HOUR_MS);
    return sampleListing({
      title: `Word${n % 200} again`,
      tags: [`tag-${n % 50}`],
      category: `category-${n % 50}`,
      startsAt: { local: at.toISOString().slice(0, 16), zone: 'UTC', at },
      organization: { id: ORGANIZERS[n % 50] ?? newId('org'), name: 'Aurora' },
      venue: {
        ...sampleListing().venue,
        city: `City ${n % 50}`,
        country: n % 50 === 7 ? 'LU' : 'DE',
        location: { latitude: (n % 80) - 40, longitude: Math.floor(n / 80) },
      },
      priceFrom: MANY - n,
      priceTo: MANY - n,
      free: n < MANY / 4 ? 0 : 10,
      popularity: (n * 7) % MANY,
    });
  });

const near = { latitude: 0, longitude: 10, radiusKm: 100 };
type Question = readonly [input: object, most?: { readonly keys?: number; readonly documents?: number }];
/** At what may be looked for each, where twice what is shown is not enough. */
const QUESTIONS: readonly Question[] = [
  [{}],
  [{ from: '2026-12-20' }],
  [{ from: '2026-12-20T00:00:00Z', to: '2026-12-22' }],
  [{ text: 'word7 again' }],
  // The beginning of a word gives no order: all of word7 and word70 to word79 are sorted.
  [{ text: 'word7' }, { keys: 110, documents: 110 }],
  [{ city: 'City 7' }],
  [{ country: 'LU' }],
  [{ category: 'category-7' }],
  [{ tags: ['tag-7'] }],
  [{ city: 'City 7', tags: ['tag-7'] }],
  [{ organizationId: ORGANIZERS[7] }],
  [{ availableOnly: true }],
  // All 50 that fit are sorted.
  [{ price: { currency: 'EUR', max: 50 } }, { keys: 50, documents: 50 }],
  // What is cheaper throughout comes before them in the index; its documents are not read.
  [{ price: { currency: 'EUR', min: 1_000, max: 1_900 }, sort: 'price' }, { keys: 1_020 }],
  [{ price: { currency: 'EUR' }, country: 'LU', sort: 'price' }],
  [{ near }],
  [{ near, sort: 'distance' }],
  [{ sort: 'popularity' }],
  [{ availableOnly: true, sort: 'popularity' }],
  [{ country: 'LU', sort: 'popularity' }],
  [{ organizationId: ORGANIZERS[7], availableOnly: true, sort: 'popularity' }],
];

describe('among thousands of listings', () => {
  let world: Awaited<ReturnType<typeof listingWorld>>;
  beforeAll(async () => {
    world = await listingWorld();
    await world.save(thousands());
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** The questions that look at more than they may. */
  const excessive = async (): Promise<string[]> => {
    using queries = watchQueries(world.client, world.db);
    for (const [input] of QUESTIONS) await world.search({ limit: SHOWN, ...input });
    const examined = await queries.examined();
    expect(examined).toHaveLength(QUESTIONS.length);
    return examined.flatMap(({ keys, documents }, n) => {
      const [input, most] = QUESTIONS[n] ?? [];
      const fine = keys <= (most?.keys ?? TWICE) && documents <= (most?.documents ?? TWICE);
      return fine ? [] : [`${JSON.stringify(input)}: ${keys} keys, ${documents} documents`];
    });
  };
  /** The same of what the worker asks again and again. */
  const workersQuestions = async (): Promise<void> => {
    using queries = watchQueries(world.client, world.db);
    const [soon, before] = [addMs(FIRST, (MANY - 10) * HOUR_MS), addMs(FIRST, -HOUR_MS)];
    const found: unknown[] = [];
    for await (const batch of world.deps.listings.hints(soon)) found.push(...batch);
    for await (const batch of world.deps.listings.popularities(soon)) found.push(...batch);
    await world.deps.listings.forget(before);
    expect(found).toHaveLength(18);
    const [hints, popularities, forget] = await queries.examined();
    expect(hints).toMatchObject({ documents: 0 });
    for (const asked of [hints, popularities, forget]) expect(asked?.keys).toBeLessThanOrEqual(12);
  };

  it('a search looks at twice what it shows at most, or at what fits where nothing gives its order', async () => {
    expect(await excessive()).toEqual([]);
  });

  it('the worker looks at what is still to come, and at the keys of hints only', workersQuestions);

  const indexes = listingsCollection.indexes.map(({ name, why: _, key, ...options }) => ({
    name,
    key,
    options,
  }));
  it.each(indexes)('twin: without $name more is looked at', async ({ name, key, options }) => {
    const listings = world.db.collection('listings');
    await listings.dropIndex(name);
    try {
      if (name === 'by_end_with_free') await expect(workersQuestions()).rejects.toThrow('hint');
      else expect(await excessive()).not.toEqual([]);
    } finally {
      await listings.createIndex(key, { name, ...options });
    }
  });
});

import type { Listing } from '@eventhorizon/core/listings/listing';
import { searchListingsInput } from '@eventhorizon/core/listings/search-input';
import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { listingWorld } from './testing/listing-world.ts';
import { naiveSearch } from './testing/naive-search.ts';
import { sampleListing } from './testing/sample-listing.ts';

const refusedWith = (code: string) => expect.objectContaining({ code });

const WORDS = ['Jazz', 'Jazzfest', 'Nacht', 'Été', 'Ete', 'Söhne', 'L’Opéra', 'Straße', 'Ночь', 'x'];
const CITIES = ['Köln', 'KOLN', 'Łódź', 'Malmö', 'Zürich'];
const TAGS = ['live', 'open-air', 'family'];
const CATEGORIES = ['concert', 'theatre'];
const CURRENCIES = ['EUR', 'JPY'];
const ORGANIZATIONS = [newId('org'), newId('org')];
const ZONES = ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago'];
const OFFSET_HOURS: Readonly<Record<string, number>> = {
  'Pacific/Kiritimati': 14,
  UTC: 0,
  'Pacific/Pago_Pago': -11,
};

const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-07-0${n}`);
const latitude = fc.integer({ min: -900, max: 900 }).map((n) => n / 10);
const longitude = fc.integer({ min: -1_800, max: 1_800 }).map((n) => n / 10);
const price = fc.constantFrom(0, 500, 1_000, 1_500, 9_900);

/** Few values of each kind, so that many are equal and every order needs its tie-break. */
const listing: fc.Arbitrary<Listing> = fc
  .record({
    words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
    city: fc.constantFrom(...CITIES),
    country: fc.constantFrom('DE', 'PL'),
    tags: fc.uniqueArray(fc.constantFrom(...TAGS)),
    category: fc.constantFrom(...CATEGORIES),
    currency: fc.constantFrom(...CURRENCIES),
    prices: fc.tuple(price, price),
    organizationId: fc.constantFrom(...ORGANIZATIONS),
    location: fc.option(fc.record({ latitude, longitude }), { nil: null }),
    day,
    hour: fc.constantFrom('00', '12', '23'),
    zone: fc.constantFrom(...ZONES),
    free: fc.constantFrom(0, 1, 50),
    popularity: fc.integer({ min: 0, max: 3 }),
    listed: fc.constantFrom(true, true, true, false),
    over: fc.constantFrom(false, false, false, true),
  })
  .map(({ words, city, country, prices, organizationId, location, hour, zone, over, day: on, ...rest }) => {
    const local = `${on}T${hour}:00`;
    const at = new Date(Date.parse(`${local}:00Z`) - (OFFSET_HOURS[zone] ?? 0) * 3_600_000);
    return sampleListing({
      ...rest,
      title: words.join(' '),
      startsAt: { local, zone, at },
      ...(over && { listedUntil: new Date('2026-05-01T00:00:00Z') }),
      venue: { id: newId('ven'), name: 'Hall', city, country, location },
      organization: { id: organizationId, name: 'Aurora' },
      priceFrom: Math.min(...prices),
      priceTo: Math.max(...prices),
    });
  });

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const moment = fc.oneof(
  day,
  day.map((on) => `${on}T11:00:00Z`),
);

const query = fc
  .record({
    text: maybe(
      fc
        .array(fc.constantFrom(...WORDS, 'ja', 'na', 'NO', 'operA', 'aurora', 'köl', 'strass', 'ноч'), {
          minLength: 1,
          maxLength: 2,
        })
        .map((words) => words.join(' ')),
    ),
    from: maybe(moment),
    to: maybe(moment),
    city: maybe(fc.constantFrom(...CITIES, 'lodz')),
    country: maybe(fc.constantFrom('DE', 'pl')),
    near: maybe(fc.record({ latitude, longitude, radiusKm: fc.constantFrom(37, 444, 499.5) })),
    category: maybe(fc.constantFrom('Concert', 'theatre')),
    tags: maybe(fc.array(fc.constantFrom('Open Air', 'live', '#family'), { maxLength: 2 })),
    organizationId: maybe(fc.constantFrom(...ORGANIZATIONS)),
    price: maybe(
      fc.record({
        currency: fc.constantFrom(...CURRENCIES),
        min: maybe(fc.constantFrom(0, 600)),
        max: maybe(fc.constantFrom(1_000, 2_000)),
      }),
    ),
    availableOnly: fc.boolean(),
    sort: fc.constantFrom('date', 'popularity', 'price', 'distance'),
    limit: fc.constantFrom(3, 10, 100),
  })
  // At most three conditions, or nothing would ever be found; and what the sort needs.
  .chain((all) => {
    const needed: Readonly<Record<string, string>> = { price: 'price', distance: 'near' };
    const keys = [
      'text',
      'from',
      'to',
      'city',
      'country',
      'near',
      'category',
      'tags',
      'organizationId',
      'price',
    ];
    return fc.subarray(keys, { maxLength: 3 }).map((kept) => {
      const need = needed[all.sort];
      const drop = keys.filter((key) => !kept.includes(key) && key !== need);
      const left = Object.fromEntries(Object.entries(all).filter(([key]) => !drop.includes(key)));
      const missing = need !== undefined && left[need] === undefined;
      return missing ? { ...left, sort: 'date' } : left;
    });
  });

describe('a search of the public listing', () => {
  it('finds exactly what looking at every listing finds, each once and in the same order, over pages of any size', async () => {
    await using world = await listingWorld();
    const all = fc.sample(listing, { numRuns: 300, seed: 1 });
    await world.save(all);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(query, async (input) => {
        const parsed = searchListingsInput.parse(input);
        const ids = (await world.searchAll(input)).map(({ id }) => id);
        expect(ids).toEqual(naiveSearch(all, parsed, world.clock.now()));
        found += ids.length;
      }),
      { numRuns: runs(80) },
    );
    expect(found, 'the questions find something').toBeGreaterThan(100);
  });

  it('shows a listing once and hides none when others come and go between the pages', async () => {
    await using world = await listingWorld();
    const before = Array.from({ length: 20 }, () => sampleListing());
    await world.save(before);
    const early = { local: '2026-11-30T20:00', zone: 'UTC', at: new Date('2026-11-30T20:00:00Z') };
    const seen = await world.searchAll({ limit: 3 }, () =>
      world.save([sampleListing(), sampleListing({ startsAt: early })]),
    );
    const ids = seen.map(({ id }) => id as string);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(before.map(({ id }) => id as string)));
  });

  it('goes on only from a cursor of the same search', async () => {
    await using world = await listingWorld();
    await world.save([sampleListing(), sampleListing(), sampleListing()]);
    const { nextCursor } = await world.search({ city: 'Leipzig', limit: 1 });
    expect((await world.search({ city: 'LEIPZIG', limit: 2, cursor: nextCursor })).items).toHaveLength(2);
    const others = [{}, { city: 'Leipzig', sort: 'popularity' }, { city: 'Leipzig', availableOnly: true }];
    for (const other of others)
      await expect(world.search({ ...other, cursor: nextCursor })).rejects.toEqual(
        refusedWith('cursor.invalid'),
      );
    await expect(world.search({ cursor: 'bm9uc2Vuc2U' })).rejects.toEqual(refusedWith('cursor.invalid'));
  });

  it('finds across the date line and at the poles by distance', async () => {
    await using world = await listingWorld();
    const at = (latitude: number, longitude: number) =>
      sampleListing({ venue: { ...sampleListing().venue, location: { latitude, longitude } } });
    const west = at(0, 179.9);
    const east = at(0, -179.9);
    const pole = at(89.9, 170);
    await world.save([west, east, pole]);
    const near = { latitude: 0, longitude: 179.95, radiusKm: 100 };
    const found = await world.searchAll({ near, sort: 'distance' });
    expect(found.map(({ id, distanceMetres }) => [id, distanceMetres])).toEqual([
      [west.id, 5_560],
      [east.id, 16_679],
    ]);
    const north = { latitude: 90, longitude: 0, radiusKm: 20 };
    expect((await world.searchAll({ near: north })).map(({ id }) => id)).toEqual([pole.id]);
  });

  it('takes what looks like an operator or a pattern as text, and finds nothing by it', async () => {
    await using world = await listingWorld();
    await world.save([sampleListing({ title: 'Anything' })]);
    for (const text of ['.* any.*thing', '$where a', 'any{0,9}thing'])
      expect((await world.search({ text })).items).toEqual([]);
    expect(() => searchListingsInput.parse({ city: { $ne: null } })).toThrow();
  });
});

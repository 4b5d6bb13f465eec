import type { Booking } from '@eventhorizon/core/bookings/booking';
import type { SoldFilter } from '@eventhorizon/core/bookings/ports';
import { soldSearchSchema } from '@eventhorizon/core/bookings/sold-search';
import { sampleBooking, sampleSale } from '@eventhorizon/core/testing/sample-booking';
import type { TestDatabase } from '@eventhorizon/devstack/test-database';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoBookingReferences } from './booking-references.ts';
import { bookingsCollection, mongoBookings } from './bookings.ts';
import type { CollectionDefinition } from './collection.ts';
import { migrate } from './migrate.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

const eventId = newId('evt');
const importId = newId('imp');
const ANYTHING: SoldFilter = { status: null, importId: null, keys: null };

/** What a person types, as the filter that it is. */
const typed = (text: string, filter: Partial<SoldFilter> = {}): SoldFilter => {
  const search = soldSearchSchema.parse(text);
  if (search.kind === 'reference') throw new Error('a reference is looked up elsewhere');
  return { ...ANYTHING, ...filter, keys: search };
};

type Made = { readonly name: string; readonly email?: string; readonly line?: number } & Partial<
  Pick<Booking, 'status' | 'eventId'>
>;

/** Bookings of one event, made in this order. */
const world = async (...made: Made[]) => {
  const mongo = await migratedDatabase();
  const bookings = mongoBookings(mongo.db);
  const unitOfWork = mongoUnitOfWork({ client: mongo.client, ring: () => undefined });
  // Ids of one millisecond are in no order of their own.
  const ids = made.map(() => newId('bkg')).sort();
  const stored = made.map(({ name, email = null, line, ...over }, i) => ({
    ...sampleBooking({
      id: ids[i] ?? newId('bkg'),
      holdId: newId('hld'),
      eventId,
      userId: newId('usr'),
      ...over,
    }),
    buyer: { name, email, phone: null, statistics: null },
    ...(line !== undefined && { sale: { ...sampleSale, from: { importId, line } } }),
  }));
  await unitOfWork.run((tx) => bookings.insertAll(tx, stored));
  const find = (filter: SoldFilter, page: { cursor?: string; limit?: number } = {}) =>
    bookings.listSold(eventId, filter, { limit: 20, ...page });
  return {
    ...mongo,
    bookings,
    unitOfWork,
    stored,
    find,
    names: async (filter: SoldFilter) => (await find(filter)).items.map(({ buyer }) => buyer.name),
    [Symbol.asyncDispose]: () => mongo[Symbol.asyncDispose](),
  };
};

test('a buyer is found by words of the name in any spelling, the last only begun, and by the whole address alone', async () => {
  await using t = await world(
    { name: 'Ada Lovelace', email: 'Ada@Example.org' },
    { name: 'Zoë O’Brien', email: 'zoe@example.org' },
    { name: 'Ada Byron' },
  );
  expect(await t.names(typed('ada'))).toEqual(['Ada Byron', 'Ada Lovelace']);
  expect(await t.names(typed('ADA lov'))).toEqual(['Ada Lovelace']);
  expect(await t.names(typed('lovelace ada'))).toEqual(['Ada Lovelace']);
  expect(await t.names(typed('obrien'))).toEqual(['Zoë O’Brien']);
  expect(await t.names(typed('zoe'))).toEqual(['Zoë O’Brien']);
  expect(await t.names(typed(' ADA@example.ORG'))).toEqual(['Ada Lovelace']);
  expect(await t.names(typed('ada@example.or'))).toEqual([]);
  expect(await t.names(typed('example'))).toEqual([]);
  // Words of different words: neither name has both.
  expect(await t.names(typed('byron lovelace'))).toEqual([]);
});

test('a corrected address is found from then on, and the former one no more', async () => {
  await using t = await world({ name: 'Ada Lovelace', email: 'wrong@example.org' });
  const id = t.stored[0]?.id ?? newId('bkg');
  await t.unitOfWork.run((tx) => t.bookings.correctEmail(tx, id, '$Right@example.org'));
  expect(await t.names(typed('$right@example.org'))).toEqual(['Ada Lovelace']);
  expect(await t.names(typed('wrong@example.org'))).toEqual([]);
  expect(await t.names(typed('love'))).toEqual(['Ada Lovelace']);
  expect(await t.bookings.find(id)).toMatchObject({ buyer: { email: '$Right@example.org' }, revision: 3 });
  expect(await t.bookings.find(id)).not.toHaveProperty('keys');
});

/** Bookings as they were stored before there were keys. */
const older = async ({ db }: TestDatabase) => {
  const docs = db.collection(bookingsCollection.name);
  await docs.updateMany({}, { $unset: { keys: '' } });
  return {
    migrated: async () => (await migrate(db, [bookingsCollection as unknown as CollectionDefinition])).filled,
  };
};

test('bookings of an older version are found after migrating, also with an address that was corrected before', async () => {
  await using t = await world(
    { name: 'Ada Lovelace', email: 'Ada@Example.org' },
    { name: 'Zoë', email: 'wrong@example.org' },
  );
  const { migrated } = await older(t);
  expect(await t.names(typed('ada'))).toEqual([]);
  await t.unitOfWork.run((tx) =>
    t.bookings.correctEmail(tx, t.stored[1]?.id ?? newId('bkg'), 'zoe@example.org'),
  );
  expect(await migrated()).toEqual({ 'bookings.keys': 2 });
  expect(await t.names(typed('love'))).toEqual(['Ada Lovelace']);
  expect(await t.names(typed('zoe'))).toEqual(['Zoë']);
  expect(await t.names(typed('zoe@example.org'))).toEqual(['Zoë']);
  expect(await t.names(typed('wrong@example.org'))).toEqual([]);
  expect(await migrated()).toEqual({});
});

test('pages are the newest first and neither repeat nor leave out, also while more is sold; of an import they follow the list', async () => {
  await using t = await world(
    { name: 'One', line: 4 },
    { name: 'Two', line: 2, status: 'cancelled' },
    { name: 'Elsewhere', eventId: newId('evt') },
    { name: 'Three', line: 3 },
    { name: 'Four', status: 'pending' },
  );
  const all = async (filter: SoldFilter) => {
    const names: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await t.find(filter, { limit: 2, ...(cursor !== undefined && { cursor }) });
      names.push(...page.items.map(({ buyer }) => buyer.name));
      cursor = page.nextCursor;
      await t.unitOfWork.run((tx) =>
        t.bookings.insert(tx, sampleBooking({ id: newId('bkg'), holdId: newId('hld'), eventId })),
      );
    }
    return names;
  };
  expect(await all(ANYTHING)).toEqual(['Four', 'Three', 'Two', 'One']);
  expect(await all({ ...ANYTHING, status: 'pending' })).toEqual(['Four']);
  expect(await all({ ...ANYTHING, importId })).toEqual(['Two', 'Three', 'One']);
  expect(await all({ ...ANYTHING, importId, status: 'confirmed' })).toEqual(['Three', 'One']);
  expect(await all(typed('thr', { importId }))).toEqual(['Three']);
  expect(await t.bookings.countOfImport(importId)).toBe(3);
  expect((await t.bookings.listOfImport(importId, 1, 1)).map(({ buyer }) => buyer.name)).toEqual(['Three']);
  const { nextCursor } = await t.find({ ...ANYTHING, importId }, { limit: 1 });
  await expect(t.find(ANYTHING, { cursor: nextCursor ?? '' })).rejects.toMatchObject({
    code: 'cursor.invalid',
  });
});

test('every way to look for what was sold is answered by an index; only names that are begun are sorted afterwards', async () => {
  await using t = await world({ name: 'Ada Lovelace', email: 'ada@example.org', line: 2 });
  const cursor = (position: string | number) => Buffer.from(JSON.stringify([position])).toString('base64url');
  const id = newId('bkg');
  {
    using queries = watchQueries(t.client, t.db);
    await t.find(ANYTHING, { cursor: cursor(id) });
    await t.find({ ...ANYTHING, status: 'confirmed' }, { cursor: cursor(id) });
    await t.find(typed('ada@example.org', { status: 'confirmed' }), { cursor: cursor(id) });
    await t.find(typed('love', { importId, status: 'confirmed' }), { cursor: cursor(2) });
    await t.bookings.listOfImport(importId, 50, 50);
    await t.bookings.countOfImport(importId);
    await t.bookings.listOfEvent(eventId, id, 5);
    await mongoBookingReferences(t.db).find('EVT-ABC123');
    await queries.expectIndexed();
  }
  using queries = watchQueries(t.client, t.db);
  await t.find(typed('ada love', { status: 'confirmed' }), { cursor: cursor(id) });
  await queries.expectIndexed({ sortsInMemory: true });
});

test('a look for one address reads its bookings only, however many the event has', async () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ name: `Guest ${i}`, email: `guest${i}@example.org` }));
  await using t = await world(...many);
  using queries = watchQueries(t.client, t.db);
  await t.find(typed('guest7@example.org'));
  expect(await queries.examined()).toEqual([{ keys: 1, documents: 1 }]);
});

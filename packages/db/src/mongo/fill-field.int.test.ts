import { type TestDatabase, testDatabase } from '@eventhorizon/devstack/test-database';
import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { CollectionDefinition } from './collection.ts';
import { migrate } from './migrate.ts';

const thingSchema = z.object({ _id: z.int(), name: z.string(), key: z.string().optional() });
type Thing = z.output<typeof thingSchema>;

const fillKeys = (derive: (thing: Thing) => string): CollectionDefinition<Thing> => ({
  name: 'things',
  schema: thingSchema,
  indexes: [],
  backfills: [{ field: 'key', from: 'name', why: 'for this test', derive }],
});
const keys = fillKeys(({ name }) => name.toUpperCase());

/** More than a batch, of an older version. */
const olderThings = async (): Promise<TestDatabase & { readonly found: () => Promise<Thing[]> }> => {
  const t = await testDatabase();
  const things = t.db.collection<Thing>('things');
  await things.insertMany(Array.from({ length: 502 }, (_, _id) => ({ _id, name: `a${_id}` })));
  const found = () => things.find().sort({ _id: 1 }).toArray();
  return { ...t, found, [Symbol.asyncDispose]: () => t[Symbol.asyncDispose]() };
};
const all = Array.from({ length: 502 }, (_, _id) => ({ _id, name: `a${_id}`, key: `A${_id}` }));

test('every document that lacks a field has it after migrating, one that had it keeps its own, and again nothing is done', async () => {
  await using t = await olderThings();
  await t.db.collection<Thing>('things').updateOne({ _id: 3 }, { $set: { key: 'mine' } });
  expect((await migrate(t.db, [keys])).filled).toEqual({ 'things.key': 501 });
  expect(await t.found()).toEqual(all.map((thing) => (thing._id === 3 ? { ...thing, key: 'mine' } : thing)));
  expect((await migrate(t.db, [keys])).filled).toEqual({});
});

test('two migrations at once fill in each document once', async () => {
  await using t = await olderThings();
  const both = await Promise.all([migrate(t.db, [keys]), migrate(t.db, [keys])]);
  expect(both.reduce((sum, { filled }) => sum + (filled['things.key'] ?? 0), 0)).toBe(502);
  expect(await t.found()).toEqual(all);
});

test('a document that changes whenever it is looked at stops the migration, which names it', async () => {
  await using t = await olderThings();
  await expect(migrate(renamedMeanwhile(t.db, { times: 1_000 }), [keys])).rejects.toThrow(
    'migration stopped at field things.key: 1 changes all the time',
  );
  expect((await t.found()).filter(({ key }) => key === undefined)).toMatchObject([{ _id: 1 }]);
});

test('a migration that died in the midst is run again and goes on; it says where it stopped', async () => {
  await using t = await olderThings();
  const dying = fillKeys(({ _id, name }) => {
    if (_id === 501) throw new Error('died');
    return name.toUpperCase();
  });
  await expect(migrate(t.db, [dying])).rejects.toThrow('migration stopped at field things.key: died');
  expect((await t.found()).filter(({ key }) => key !== undefined)).toHaveLength(500);
  expect((await migrate(t.db, [keys])).filled).toEqual({ 'things.key': 2 });
  expect(await t.found()).toEqual(all);
});

type Write = AnyBulkWriteOperation<Thing>;

/** The database as of who writes a moment after he has read: somebody renames a thing in between. */
const renamedMeanwhile = (
  db: Db,
  {
    times = 1,
    send = (writes) => writes,
  }: { times?: number; send?: (writes: readonly Write[]) => readonly Write[] },
): Db => {
  let renamed = 0;
  const things = db.collection<Thing>('things');
  const late = Object.assign(Object.create(things) as Collection<Thing>, {
    bulkWrite: async (...[writes, options]: Parameters<Collection<Thing>['bulkWrite']>) => {
      renamed += 1;
      if (renamed <= times)
        await things.updateOne(
          { _id: 1 },
          { $set: { name: times === 1 ? 'renamed' : `renamed ${renamed}` } },
        );
      return things.bulkWrite(send(writes), options);
    },
  });
  return Object.assign(Object.create(db) as Db, { collection: () => late });
};

test('a document that is changed while it is filled in gets what follows from the change', async () => {
  await using t = await olderThings();
  await expect(migrate(renamedMeanwhile(t.db, {}), [keys])).resolves.toMatchObject({
    filled: { 'things.key': 502 },
  });
  expect((await t.found())[1]).toEqual({ _id: 1, name: 'renamed', key: 'RENAMED' });
});

test('twin: without a look at what it was made from, it has what followed from before', async () => {
  await using t = await olderThings();
  const careless = (writes: readonly Write[]): Write[] =>
    writes.map((write) => {
      if (!('updateOne' in write)) throw new Error('not an update');
      const { name: _name, ...filter } = write.updateOne.filter;
      return { updateOne: { ...write.updateOne, filter } };
    });
  await migrate(renamedMeanwhile(t.db, { send: careless }), [keys]);
  expect((await t.found())[1]).toEqual({ _id: 1, name: 'renamed', key: 'A1' });
});

import { testDatabase } from '@eventhorizon/devstack/test-database';
import type { Db } from 'mongodb';
import { expect, test } from 'vitest';
import type { CollectionDefinition, IndexDefinition } from './collection.ts';
import { collections } from './collections.ts';
import { migrate } from './migrate.ts';

/** What the server adds to a definition by itself. */
const SERVERS_OWN = ['v', 'background', '2dsphereIndexVersion'];

/** By name; keys as a list, because their order decides which queries an index serves. */
const byName = (indexes: readonly Record<string, unknown>[]) =>
  Object.fromEntries(
    indexes.map(({ name, key, ...options }) => [
      String(name),
      { key: Object.entries(key ?? {}), ...options },
    ]),
  );

const declaredBy = ({ indexes }: CollectionDefinition) =>
  byName([
    { name: '_id_', key: { _id: 1 } },
    ...indexes.map(({ why: _why, ...definition }: IndexDefinition) => definition),
  ]);

const foundIn = async (db: Db, { name }: CollectionDefinition) =>
  byName(
    (await db.collection(name).listIndexes().toArray()).map((index) =>
      Object.fromEntries(Object.entries(index).filter(([key]) => !SERVERS_OWN.includes(key))),
    ),
  );

const example: CollectionDefinition = {
  name: 'things',
  schema: collections[0]?.schema as CollectionDefinition['schema'],
  indexes: [{ name: 'one_per_key', key: { key: 1, part: 1 }, unique: true, why: 'for this test' }],
};

test('after migrating, every collection has exactly the indexes it declares', async () => {
  await using t = await testDatabase();
  await migrate(t.db, collections);
  for (const definition of collections) {
    expect(await foundIn(t.db, definition), definition.name).toEqual(declaredBy(definition));
  }
});

test('twin: an index that is missing, added or of another definition is seen by that comparison', async () => {
  await using t = await testDatabase();
  await migrate(t.db, [example]);
  const things = t.db.collection(example.name);
  expect(await foundIn(t.db, example)).toEqual(declaredBy(example));
  await things.createIndex({ other: 1 });
  expect(await foundIn(t.db, example)).not.toEqual(declaredBy(example));
  await things.dropIndexes();
  expect(await foundIn(t.db, example)).not.toEqual(declaredBy(example));
  await things.createIndex({ key: 1, part: 1 }, { name: 'one_per_key' });
  expect(await foundIn(t.db, example)).not.toEqual(declaredBy(example));
  await things.dropIndexes();
  await things.createIndex({ part: 1, key: 1 }, { name: 'one_per_key', unique: true });
  expect(await foundIn(t.db, example)).not.toEqual(declaredBy(example));
});

test('no two collections share a name, and no two indexes of one collection', () => {
  const names = collections.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { indexes, name } of collections) {
    expect(new Set(indexes.map((index) => index.name)).size, name).toBe(indexes.length);
  }
});

test('migrating again changes nothing', async () => {
  await using t = await testDatabase();
  const first = await migrate(t.db, collections);
  expect(first.created).toHaveLength(collections.length);
  const before = await Promise.all(collections.map((definition) => foundIn(t.db, definition)));
  expect(await migrate(t.db, collections)).toMatchObject({ created: [] });
  expect(await Promise.all(collections.map((definition) => foundIn(t.db, definition)))).toEqual(before);
});

test('an index that no version declares any more is named, and left to processes that may still use it', async () => {
  await using t = await testDatabase();
  expect((await migrate(t.db, [example])).undeclared).toEqual([]);
  await t.db.collection(example.name).createIndex({ older: 1 }, { name: 'by_older' });
  expect((await migrate(t.db, [example])).undeclared).toEqual(['things.by_older']);
  expect(await t.db.collection(example.name).indexExists('by_older')).toBe(true);
});

test.each([
  ['with other options', { key: 1, part: 1 }, {}],
  ['over other fields', { other: 1 }, { unique: true }],
] as const)('an index of the same name %s stops the migration and is named', async (_name, key, options) => {
  await using t = await testDatabase();
  await t.db.collection(example.name).createIndex(key, { name: 'one_per_key', ...options });
  await expect(migrate(t.db, [example])).rejects.toThrow('migration stopped at index things.one_per_key');
});

test('documents that violate a unique index stop the migration', async () => {
  await using t = await testDatabase();
  await t.db.collection(example.name).insertMany([{ key: 1 }, { key: 1 }]);
  await expect(migrate(t.db, [example])).rejects.toThrow('migration stopped at index things.one_per_key');
});

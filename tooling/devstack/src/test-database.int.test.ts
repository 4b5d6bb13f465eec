import { expect, test } from 'vitest';
import { testDatabase } from './test-database.ts';

test('two databases of a run do not see each other', async () => {
  await using a = await testDatabase();
  await using b = await testDatabase();
  await a.db.collection('things').insertOne({ n: 1 });
  expect(await b.db.collection('things').countDocuments()).toBe(0);
});

test('transactions commit and roll back', async () => {
  await using t = await testDatabase();
  const things = t.db.collection('things');
  await t.client.withSession((session) =>
    session.withTransaction(() => things.insertOne({ n: 1 }, { session }), {
      writeConcern: { w: 'majority' },
    }),
  );
  const refused = t.client.withSession((session) =>
    session.withTransaction(async () => {
      await things.insertOne({ n: 2 }, { session });
      throw new Error('changed my mind');
    }),
  );
  await expect(refused).rejects.toThrow('changed my mind');
  expect(await things.countDocuments()).toBe(1);
});

test('a database is gone when it is disposed', async () => {
  await using other = await testDatabase();
  const name = await (async () => {
    await using t = await testDatabase();
    await t.db.collection('things').insertOne({ n: 1 });
    return t.name;
  })();
  const { databases } = await other.client.db().admin().listDatabases();
  expect(databases.map((d) => d.name)).not.toContain(name);
});

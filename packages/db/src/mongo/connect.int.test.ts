import { connect, createServer, type Socket } from 'node:net';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import type { MongoClientOptions } from 'mongodb';
import { expect, test } from 'vitest';
import { connectMongo } from './connect.ts';
import { isMongoOutage } from './outage.ts';
import { sessionOf } from './transaction.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

/** A way to the test's MongoDB that can be made to swallow everything, connections staying open: what a hung server looks like. */
const hangable = async () => {
  const t = await testDatabase();
  // Made beforehand: a first insert that has to make it can take longer than a socket may be silent here.
  await t.db.createCollection('things');
  const target = new URL(t.uri);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const uri = `mongodb://127.0.0.1:${address.port}/${t.name}?directConnection=true`;
  const clients: ReturnType<typeof connectMongo>[] = [];
  return {
    client: (others?: MongoClientOptions) => {
      const client = connectMongo(uri, 'test', others);
      clients.push(client);
      return client;
    },
    hang: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await Promise.all(clients.map((client) => client.close()));
      await t[Symbol.asyncDispose]();
    },
  };
};

/** A transaction whose server hangs in the middle of it. */
const hangingTransaction = async (w: Awaited<ReturnType<typeof hangable>>, others?: MongoClientOptions) => {
  const client = w.client(others);
  const things = client.db().collection('things');
  // Connected before the transaction's time begins to run: on a busy machine that takes long.
  await client.db().command({ ping: 1 });
  let begun = (): void => undefined;
  let goOn = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const hung = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const unitOfWork = mongoUnitOfWork({ client, ring: () => undefined, deadlineMs: 5_000, maxTries: 1 });
  const ended = unitOfWork
    .run(async (tx) => {
      await things.insertOne({ n: 1 }, sessionOf(tx));
      begun();
      await hung;
      await things.insertOne({ n: 2 }, sessionOf(tx));
    })
    .catch((error: unknown) => error);
  await Promise.race([hasBegun, ended.then((error) => Promise.reject(error))]);
  return { ended, goOn };
};

test('a server that hangs keeps a transaction, and its place, no longer than the socket may be silent', async () => {
  await using w = await hangable();
  const bounded = await hangingTransaction(w, { socketTimeoutMS: 1_000 });
  // Twin: without a bound on the silence, as the driver has it. Its end would be the monitor's, half a minute later.
  const unbounded = await hangingTransaction(w, { socketTimeoutMS: 0 });
  let unboundedEnded = false;
  void unbounded.ended.then(() => {
    unboundedEnded = true;
  });
  w.hang();
  unbounded.goOn();
  bounded.goOn();
  expect(await bounded.ended).toMatchObject({ code: 'busy.try_again' });
  expect(unboundedEnded).toBe(false);
});

test('a query to a server that hangs fails as an outage', async () => {
  await using w = await hangable();
  const client = w.client({ socketTimeoutMS: 300, retryReads: false });
  await client.db().command({ ping: 1 });
  w.hang();
  const failed = await client
    .db()
    .collection('things')
    .findOne({})
    .catch((error: unknown) => error);
  expect(isMongoOutage(failed)).toBe(true);
});

test('every client of ours has that bound', async () => {
  await using w = await hangable();
  expect(w.client().options.socketTimeoutMS).toBe(10_000);
});

import { DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import type { UnitOfWork } from '@eventhorizon/core/shared/unit-of-work';
import { type MongoClient, MongoError } from 'mongodb';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoOutbox } from './outbox.ts';
import { retryTransaction } from './retry-transaction.ts';
import { type AddedRow, sessionOf } from './transaction.ts';
import { mongoUnitOfWork, type UnitOfWorkOptions } from './unit-of-work.ts';

type Thing = { _id: string; n: number };

const open = async () => {
  const t = await migratedDatabase();
  const things = t.db.collection<Thing>('things');
  await things.insertOne({ _id: 'a', n: 0 });
  const rung: AddedRow[][] = [];
  const unitOfWork = (options: Partial<UnitOfWorkOptions> = {}) =>
    mongoUnitOfWork({
      client: t.client,
      ring: (rows) => rung.push([...rows]),
      deadlineMs: 60_000,
      ...options,
    });
  return { ...t, things, rung, unitOfWork, outbox: mongoOutbox(t.db, { next: newId }) };
};

const message = () => ({
  job: 'notification.send' as const,
  payload: { notificationId: newId('ntf') },
  dueAt: new Date(0),
});

/** Reads and then writes one document; another writer comes between in the first `conflicts` tries. */
const racingIncrement = (t: Awaited<ReturnType<typeof open>>, conflicts: number) => {
  let tries = 0;
  return t.unitOfWork().run(async (tx) => {
    tries += 1;
    const before = await t.things.findOne({ _id: 'a' }, sessionOf(tx));
    if (tries <= conflicts) await t.things.updateOne({ _id: 'a' }, { $inc: { n: 100 } });
    await t.things.updateOne({ _id: 'a' }, { $set: { n: (before?.n ?? 0) + 1 } }, sessionOf(tx));
    await t.outbox.add(tx, [message()]);
    return tries;
  });
};

test('a conflict runs the whole work again on what is there by then: no write is lost', async () => {
  await using t = await open();
  expect(await racingIncrement(t, 2)).toBe(3);
  expect(await t.things.findOne({ _id: 'a' })).toMatchObject({ n: 201 });
});

test('twin: the same interleaving without a transaction loses the other write', async () => {
  await using t = await open();
  const before = await t.things.findOne({ _id: 'a' });
  await t.things.updateOne({ _id: 'a' }, { $inc: { n: 100 } });
  await t.things.updateOne({ _id: 'a' }, { $set: { n: (before?.n ?? 0) + 1 } });
  expect(await t.things.findOne({ _id: 'a' })).toMatchObject({ n: 1 });
});

test('a conflict that stays ends after five tries as busy.try_again, with nothing changed and nobody rung', async () => {
  await using t = await open();
  let tries = 0;
  const run = t.unitOfWork().run(async (tx) => {
    tries += 1;
    await t.outbox.add(tx, [message()]);
    throw retryTransaction('read something stale');
  });
  await expect(run).rejects.toMatchObject({ code: 'busy.try_again', details: { retryAfterMs: 500 } });
  expect(tries).toBe(5);
  expect(await t.db.collection('outbox').countDocuments()).toBe(0);
  expect(t.rung).toEqual([]);
});

test('no try begins after the deadline', async () => {
  await using t = await open();
  let tries = 0;
  const run = t.unitOfWork({ deadlineMs: 0 }).run(async () => {
    tries += 1;
  });
  await expect(run).rejects.toMatchObject({ code: 'busy.try_again' });
  expect(tries).toBe(0);
});

/** Work that ends when its time is over. Returns the error, and what was written. */
const overstay = async (deadlineMs: number) => {
  await using t = await open();
  const run = t.unitOfWork({ deadlineMs }).run(async (tx) => {
    const begun = performance.now();
    await t.things.insertOne({ _id: 'b', n: 1 }, sessionOf(tx));
    await t.outbox.add(tx, [message()]);
    await expect.poll(() => performance.now() - begun, { timeout: 5_000 }).toBeGreaterThan(200);
  });
  const code = await run.then(
    () => null,
    (error: unknown) => (isDomainError(error) ? error.code : error),
  );
  return { code, written: await t.things.countDocuments({ _id: 'b' }), rung: t.rung.length };
};

test('work that takes longer than the deadline is not committed', async () => {
  expect(await overstay(200)).toEqual({ code: 'busy.try_again', written: 0, rung: 0 });
});

test('twin: with a deadline that it does not reach the same work is', async () => {
  expect(await overstay(60_000)).toEqual({ code: null, written: 1, rung: 1 });
});

test('a refusal aborts everything, passes through as it is and is not tried again', async () => {
  await using t = await open();
  const refusal = new DomainError('hold.gone', {});
  let tries = 0;
  const run = t.unitOfWork().run(async (tx) => {
    tries += 1;
    await t.things.insertOne({ _id: 'b', n: 1 }, sessionOf(tx));
    await t.outbox.add(tx, [message()]);
    throw refusal;
  });
  await expect(run).rejects.toBe(refusal);
  expect(tries).toBe(1);
  expect(await t.things.countDocuments()).toBe(1);
  expect(await t.db.collection('outbox').countDocuments()).toBe(0);
  expect(t.rung).toEqual([]);
});

test('a bug aborts too and is no refusal', async () => {
  await using t = await open();
  const run = t.unitOfWork().run(async (tx) => {
    await t.things.insertOne({ _id: 'b', n: 1 }, sessionOf(tx));
    throw new TypeError('x is undefined');
  });
  await expect(run).rejects.toThrow(TypeError);
  expect(await t.things.countDocuments()).toBe(1);
});

test('nothing is seen from outside before the commit', async () => {
  await using t = await open();
  await t.unitOfWork().run(async (tx) => {
    await t.things.insertOne({ _id: 'b', n: 1 }, sessionOf(tx));
    expect(await t.things.countDocuments()).toBe(1);
  });
  expect(await t.things.countDocuments()).toBe(2);
});

test('the bell rings after the commit, when the rows are there to be taken', async () => {
  await using t = await open();
  const seen: Promise<number>[] = [];
  const unitOfWork = t.unitOfWork({
    ring: (rows) => {
      const ids = rows.map(({ id }) => id);
      seen.push(t.db.collection<{ _id: string }>('outbox').countDocuments({ _id: { $in: ids } }));
    },
  });
  await unitOfWork.run(async (tx) => {
    await t.outbox.add(tx, [message(), message()]);
    expect(seen).toEqual([]);
  });
  expect(await Promise.all(seen)).toEqual([2]);
});

test('work that was run again rings once, for the rows of the try that was committed', async () => {
  await using t = await open();
  await racingIncrement(t, 1);
  const stored = await t.db.collection<{ _id: string }>('outbox').find().toArray();
  expect(t.rung.map((rows) => rows.map(({ id }) => id))).toEqual([stored.map(({ _id }) => _id)]);
});

test('work without messages rings nobody', async () => {
  await using t = await open();
  await t.unitOfWork().run(async () => undefined);
  expect(t.rung).toEqual([]);
});

/** A client whose commits happen, but whose answers get lost the first `times` times. */
const losingAnswers = (client: MongoClient, times: number) => {
  let asked = 0;
  const startSession: MongoClient['startSession'] = (options) => {
    const session = client.startSession(options);
    const commit = session.commitTransaction.bind(session);
    session.commitTransaction = async () => {
      await commit();
      asked += 1;
      if (asked > times) return;
      const lost = new MongoError('connection closed');
      lost.addErrorLabel('UnknownTransactionCommitResult');
      throw lost;
    };
    return session;
  };
  // The unit of work asks a client for nothing but sessions.
  return { client: { startSession } as MongoClient, asked: () => asked };
};

test('a commit whose answer is lost is asked for again and happens once', async () => {
  await using t = await open();
  const losing = losingAnswers(t.client, 2);
  await t.unitOfWork({ client: losing.client }).run(async (tx) => {
    await t.things.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, sessionOf(tx));
  });
  expect(losing.asked()).toBe(3);
  expect(await t.things.findOne({ _id: 'a' })).toMatchObject({ n: 1 });
});

test('a commit that stays unknown is told as such, never as "nothing was changed", and is not run again', async () => {
  await using t = await open();
  const losing = losingAnswers(t.client, Number.POSITIVE_INFINITY);
  let tries = 0;
  const run = t.unitOfWork({ client: losing.client, deadlineMs: 100 }).run(async (tx) => {
    tries += 1;
    await t.things.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, sessionOf(tx));
  });
  await expect(run).rejects.toMatchObject({ code: 'deadline.passed' });
  expect(tries).toBe(1);
  expect(await t.things.findOne({ _id: 'a' })).toMatchObject({ n: 1 });
});

/** Transactions that stay open until they are let go. */
const heldOpen = (t: Awaited<ReturnType<typeof open>>, unitOfWork: UnitOfWork) => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let begun = 0;
  const start = () =>
    unitOfWork.run(async (tx) => {
      begun += 1;
      await t.things.findOne({ _id: 'a' }, sessionOf(tx));
      await held;
    });
  return { start, begun: () => begun, letGo };
};

test('in a rush only so many transactions are open at once: the others wait and do not grow old', async () => {
  await using t = await open();
  const { start, begun, letGo } = heldOpen(t, t.unitOfWork({ maxConcurrent: 2 }));
  const running = Array.from({ length: 10 }, start);
  await expect.poll(begun).toBe(2);
  letGo();
  await Promise.all(running);
  expect(begun()).toBe(10);
});

test('twin: without the bound all of them are open at once', async () => {
  await using t = await open();
  const { start, begun, letGo } = heldOpen(t, t.unitOfWork({ maxConcurrent: 10 }));
  const running = Array.from({ length: 10 }, start);
  await expect.poll(begun).toBe(10);
  letGo();
  await Promise.all(running);
});

test('who waits too long for a turn is told to come again, and nothing was begun', async () => {
  await using t = await open();
  const { start, begun, letGo } = heldOpen(t, t.unitOfWork({ maxConcurrent: 1, maxWaitMs: 10 }));
  const running = start();
  await expect.poll(begun).toBe(1);
  await expect(start()).rejects.toMatchObject({ code: 'busy.try_again' });
  letGo();
  await running;
  expect(begun()).toBe(1);
});

import type { OutboxMessage } from '@eventhorizon/core/shared/outbox';
import type { Outbox } from '@eventhorizon/core/shared/unit-of-work';
import { expect, test, vi } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { LeaseLost, mongoOutbox, mongoOutboxQueue, type OutboxRow, outboxCollection } from './outbox.ts';
import { watchQueries } from './testing/explain.ts';
import { sessionOf } from './transaction.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

const LONG = 60_000;
/** A lease that has run out as soon as the server's clock moves on. */
const OVER = -1;

const open = async () => {
  const t = await migratedDatabase();
  const unitOfWork = mongoUnitOfWork({
    client: t.client,
    ring: () => undefined,
    maxTries: 50,
    deadlineMs: 30_000,
  });
  const outbox = mongoOutbox(t.db, { next: newId });
  const rows = t.db.collection<OutboxRow>(outboxCollection.name);
  const add = async (...messages: OutboxMessage[]) => {
    await unitOfWork.run((tx) => outbox.add(tx, messages));
    return (await rows.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
  };
  return { ...t, unitOfWork, outbox, rows, add, queue: mongoOutboxQueue(t.db) };
};

const message = (changes: { key?: string; dueAt?: Date } = {}): OutboxMessage => ({
  job: 'notification.send',
  payload: { notificationId: newId('ntf') },
  dueAt: new Date(0),
  ...changes,
});

const inAnHour = () => new Date(Date.now() + 3_600_000);

const taken = async <T>(row: Promise<T | null>): Promise<T> => {
  const found = await row;
  if (found === null) throw new Error('the row was not given');
  return found;
};

test('a row says what is to be done, and counts how often it was taken', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  const row = await taken(t.queue.take(id, LONG));
  expect(row).toMatchObject({
    _id: id,
    job: 'notification.send',
    queue: 'notifications',
    attempts: 1,
    open: true,
  });
  await t.queue.retryAfter(row, -1, 'no answer');
  expect(await t.queue.take(id, LONG)).toMatchObject({ attempts: 2, lastError: 'no answer' });
});

test('a wait that is no fault is counted apart from the tries', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  const row = await taken(t.queue.take(id, LONG));
  expect(row.waits).toBeUndefined();
  await t.queue.postpone(row, -1, '$waits is not a reason');
  const again = await taken(t.queue.take(id, LONG));
  expect(again).toMatchObject({ attempts: 2, waits: 1, lastError: '$waits is not a reason' });
  // Who lost the lease postpones nothing.
  await t.queue.postpone(row, -1, 'late');
  expect(await t.rows.findOne({ _id: id })).toMatchObject({ waits: 1, leaseToken: again.leaseToken });
});

test('a leased row is given to nobody else', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  await taken(t.queue.take(id, LONG));
  expect(await t.queue.take(id, LONG)).toBeNull();
  expect(await t.queue.takeDue('notification.send', 10, LONG)).toEqual([]);
  expect(await t.queue.listDue('notifications', 10)).toEqual([]);
});

test('of twenty that take one row at once a single one gets it', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  const takers = await Promise.all(Array.from({ length: 20 }, () => t.queue.take(id, LONG)));
  expect(takers.filter((row) => row !== null)).toHaveLength(1);
});

test('twin: looking first and leasing then gives one row to several', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  let looked = 0;
  let go: () => void = () => undefined;
  const allLooked = new Promise<void>((resolve) => {
    go = resolve;
  });
  const takeUnprotected = async () => {
    const row = await t.rows.findOne({ _id: id, leaseToken: null });
    looked += 1;
    if (looked === 20) go();
    await allLooked;
    await t.rows.updateOne({ _id: id }, { $set: { leaseToken: 'mine' } });
    return row;
  };
  const takers = await Promise.all(Array.from({ length: 20 }, takeUnprotected));
  expect(takers.filter((row) => row !== null).length).toBeGreaterThan(1);
});

test('of several that take due rows at once each row goes to one', async () => {
  await using t = await open();
  await t.add(...Array.from({ length: 30 }, () => message()));
  const batches = await Promise.all(
    Array.from({ length: 5 }, () => t.queue.takeDue('notification.send', 20, LONG)),
  );
  const ids = batches.flatMap((rows) => rows.map(({ _id }) => _id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
});

test('a lease that ran out may be taken over, and who lost it can do nothing more to the row', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  const lost = await taken(t.queue.take(id, OVER));
  const mine = await taken(t.queue.take(id, LONG));
  expect(mine.leaseToken).not.toBe(lost.leaseToken);
  const before = await t.rows.findOne({ _id: id });
  expect(await t.queue.renew(lost, LONG)).toBe(false);
  await expect(t.queue.complete(lost)).rejects.toThrow(LeaseLost);
  await t.queue.retryAfter(lost, 0, 'late');
  await t.queue.fail(lost, 'late');
  expect(await t.rows.findOne({ _id: id })).toEqual(before);
  await t.queue.complete(mine);
});

test('many rows are finished at once, or, when one of them is in other hands, none', async () => {
  await using t = await open();
  await t.add(message(), message(), message());
  const mine = await t.queue.takeDue('notification.send', 2, LONG);
  const [others] = await t.queue.takeDue('notification.send', 1, LONG);
  const [first] = mine;
  if (others === undefined || first === undefined) throw new Error('no rows');
  const stolen = { ...others, leaseToken: first.leaseToken };
  const abort = t.unitOfWork.run((tx) => t.queue.completeAll([...mine, stolen], tx));
  await expect(abort).rejects.toThrow(LeaseLost);
  expect(await t.rows.countDocuments({ open: true })).toBe(3);
  await t.queue.completeAll(mine);
  expect(await t.rows.countDocuments({ open: true })).toBe(1);
});

test('renewing keeps a row from being taken over', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  const row = await taken(t.queue.take(id, OVER));
  expect(await t.queue.renew(row, LONG)).toBe(true);
  expect(await t.queue.take(id, LONG)).toBeNull();
});

test('messages of one key are one row, also when they are added at once', async () => {
  await using t = await open();
  await Promise.all(Array.from({ length: 10 }, () => t.add(message({ key: 'once' }))));
  await t.add(message({ key: 'once' }), message({ key: 'twice' }), message({ key: 'twice' }));
  expect(await t.rows.distinct('_id')).toEqual(['once', 'twice']);
});

test('twin: without a key each addition is a row', async () => {
  await using t = await open();
  await Promise.all(Array.from({ length: 10 }, () => t.add(message())));
  expect(await t.rows.countDocuments()).toBe(10);
});

test('a key that was finished is not done again within a day', async () => {
  await using t = await open();
  await t.add(message({ key: 'once' }));
  await t.queue.complete(await taken(t.queue.take('once', LONG)));
  await t.add(message({ key: 'once' }));
  expect(await t.queue.take('once', LONG)).toBeNull();
});

test('a row and its effect are finished together or not at all', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  const row = await taken(t.queue.take(id, LONG));
  const effects = t.db.collection('effects');
  await effects.insertOne({ n: 0 });
  const finish = (fails: boolean) =>
    t.unitOfWork.run(async (tx) => {
      await effects.insertOne({ n: 1 }, sessionOf(tx));
      await t.queue.complete(row, tx);
      if (fails) throw new Error('after completing');
    });
  await expect(finish(true)).rejects.toThrow('after completing');
  expect(await t.rows.findOne({ _id: id })).toMatchObject({ open: true, leaseToken: row.leaseToken });
  expect(await effects.countDocuments({ n: 1 })).toBe(0);
  await finish(false);
  expect(await effects.countDocuments({ n: 1 })).toBe(1);
  // And a second time: the row is finished, so its effect is refused with it.
  await expect(finish(false)).rejects.toThrow(LeaseLost);
  expect(await effects.countDocuments({ n: 1 })).toBe(1);
});

test('a finished row is given to nobody and is forgotten after a day by the server', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  await t.queue.complete(await taken(t.queue.take(id, LONG)));
  expect(await t.queue.take(id, LONG)).toBeNull();
  const row = await t.rows.findOne({ _id: id });
  expect(row).not.toHaveProperty('open');
  expect(row?.expireAt?.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
});

test('a row that was given up is kept with its reason, and given to nobody', async () => {
  await using t = await open();
  const [id = ''] = await t.add(message());
  // A text that begins with $ must stay a text: it is written by a pipeline.
  await t.queue.fail(await taken(t.queue.take(id, LONG)), '$attempts is not a reason');
  expect(await t.rows.findOne({ _id: id })).toMatchObject({
    lastError: '$attempts is not a reason',
    failedAt: expect.any(Date),
  });
  expect(await t.rows.findOne({ _id: id })).not.toHaveProperty('expireAt');
  expect(await t.queue.take(id, LONG)).toBeNull();
  expect(await t.queue.countFailed()).toBe(1);
});

test('a row is given when it is due by the clock of the server, not before', async () => {
  await using t = await open();
  await t.add(message({ key: 'due' }), message({ key: 'later', dueAt: inAnHour() }));
  expect((await t.queue.listDue('notifications', 10)).map(({ id }) => id)).toEqual(['due']);
  expect(await t.queue.take('later', LONG)).toBeNull();
  expect((await t.queue.takeDue('notification.send', 10, LONG)).map(({ _id }) => _id)).toEqual(['due']);
});

test('a clock of ours that is wrong by a year changes nothing about that', async () => {
  await using t = await open();
  await t.add(message({ key: 'later', dueAt: inAnHour() }));
  const realNow = Date.now;
  Date.now = () => realNow() + 365 * 86_400_000;
  try {
    expect(await t.queue.take('later', LONG)).toBeNull();
    expect(await t.queue.listDue('notifications', 10)).toEqual([]);
  } finally {
    Date.now = realNow;
  }
});

/** Adds a row that is due at once by a clock that is a minute ahead; what the queue then says of it. */
const addedAhead = async (outboxOf: (t: Awaited<ReturnType<typeof open>>) => Outbox) => {
  await using t = await open();
  const outbox = outboxOf(t);
  const realNow = Date.now;
  vi.useFakeTimers({ toFake: ['Date'], now: realNow() + LONG });
  try {
    await t.unitOfWork.run((tx) => outbox.add(tx, [message({ key: 'now', dueAt: new Date() })]));
    return (await t.queue.listDue('notifications', 10)).map(({ id }) => id);
  } finally {
    vi.useRealTimers();
  }
};

test('a row that is due at once may be taken at once, also when its writer’s clock is a minute ahead', async () => {
  expect(await addedAhead(({ outbox }) => outbox)).toEqual(['now']);
});

test('twin: with the time as the writer has it the row waits for that minute', async () => {
  const asWritten = ({ outbox, rows }: Awaited<ReturnType<typeof open>>): Outbox => ({
    add: async (tx, messages) => {
      await outbox.add(tx, messages);
      for (const { key = '', dueAt } of messages)
        await rows.updateOne({ _id: key }, { $set: { dueAt } }, sessionOf(tx));
    },
  });
  expect(await addedAhead(asWritten)).toEqual([]);
});

test('a payload is stored as it is, whatever it looks like to Mongo', async () => {
  await using t = await open();
  const payload = { ...message().payload, money: '$job', $add: ['$attempts', 1], 'a.b': null } as never;
  await t.unitOfWork.run((tx) => t.outbox.add(tx, [{ ...message({ key: 'odd' }), payload }]));
  expect((await taken(t.queue.take('odd', LONG))).payload).toEqual(payload);
});

test('the oldest due rows come first', async () => {
  await using t = await open();
  await t.add(...[3, 1, 2].map((n) => message({ key: `row${n}`, dueAt: new Date(n) })));
  expect((await t.queue.listDue('notifications', 2)).map(({ id }) => id)).toEqual(['row1', 'row2']);
  expect((await t.queue.takeDue('notification.send', 2, LONG)).map(({ _id }) => _id)).toEqual([
    'row1',
    'row2',
  ]);
});

test('looking for work goes by the index of open rows, which finished ones have left', async () => {
  await using t = await open();
  await t.add(message({ key: 'open' }), message({ key: 'done' }));
  await t.queue.complete(await taken(t.queue.take('done', LONG)));
  using queries = watchQueries(t.client, t.db);
  await t.queue.listDue('notifications', 10);
  // There is none of these, so it only looks: reading taken rows back sorts them, a hundred at most.
  await t.queue.takeDue('refund.send', 10, LONG);
  await queries.expectIndexed();
  const plan = await t.rows
    .find({ queue: 'notifications', open: true })
    .sort({ dueAt: 1 })
    .explain('executionStats');
  expect(JSON.stringify(plan.queryPlanner.winningPlan)).toContain('open_by_queue_due');
  expect(plan.executionStats.totalKeysExamined).toBe(1);
});

test('twin: without that index the same questions read every row', async () => {
  await using t = await open();
  await t.add(message());
  await t.rows.dropIndex('open_by_queue_due');
  using queries = watchQueries(t.client, t.db);
  await t.queue.listDue('notifications', 10);
  await expect(queries.expectIndexed()).rejects.toThrow('COLLSCAN');
});

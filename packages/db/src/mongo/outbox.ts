import { randomUUID } from 'node:crypto';
import { type JobName, jobs, QUEUES, type QueueName } from '@eventhorizon/core/jobs';
import type { IdSource } from '@eventhorizon/core/shared/ids';
import type { OutboxMessage } from '@eventhorizon/core/shared/outbox';
import type { Outbox, Tx } from '@eventhorizon/core/shared/unit-of-work';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { mongoTxOf, sessionOf } from './transaction.ts';

const KEEP_FINISHED_MS = 24 * 3_600_000;

const rowSchema = z.object({
  _id: z.string(),
  job: z.enum(Object.keys(jobs) as [JobName, ...JobName[]]),
  queue: z.enum(QUEUES),
  payload: z.unknown(),
  /** Absent once finished: the indexes of work to do cover open rows only. */
  open: z.literal(true).optional(),
  dueAt: z.date(),
  leaseToken: z.string().nullable(),
  leaseUntil: z.date().nullable(),
  /** Times the row was taken. */
  attempts: z.int(),
  /** How many of them ended in a wait that is no fault. Absent: none. */
  waits: z.int().optional(),
  lastError: z.string().nullable(),
  failedAt: z.date().nullable(),
  createdAt: z.date(),
  expireAt: z.date().optional(),
});
export type OutboxRow = z.output<typeof rowSchema>;

export const outboxCollection = defineCollection({
  name: 'outbox',
  schema: rowSchema,
  indexes: [
    {
      name: 'open_by_queue_due',
      key: { queue: 1, dueAt: 1 },
      partialFilterExpression: { open: true },
      why: 'workers and the relay look for due rows that are not finished',
    },
    {
      name: 'failed',
      key: { failedAt: 1 },
      partialFilterExpression: { failedAt: { $type: 'date' } },
      why: 'rows that were given up are counted for the metrics and listed for an operator',
    },
    {
      name: 'expire_finished',
      key: { expireAt: 1 },
      expireAfterSeconds: 0,
      why: 'finished rows are forgotten after a day',
    },
  ],
});

/** A row in this worker's hands until `leaseUntil`; every later call must show the token. */
export type LeasedRow = OutboxRow & { readonly leaseToken: string };

/** What names a taken row and proves that it is ours. */
export type RowInHand = Pick<LeasedRow, '_id' | 'leaseToken'>;

/** A row waiting for a worker. `attempts` tells a ring for this try from one for an earlier try. */
export type DueRow = Pick<OutboxRow, 'job' | 'attempts' | 'dueAt'> & { readonly id: string };

/** What the worker does with rows. All times are the server's ($$NOW), so that workers' clocks do not matter. */
export type OutboxQueue = {
  /** Takes one row if it is open, due and not leased; null otherwise: then there is nothing to do. */
  readonly take: (id: string, leaseMs: number) => Promise<LeasedRow | null>;
  /** Takes up to `limit` due rows of a job. */
  readonly takeDue: (job: JobName, limit: number, leaseMs: number) => Promise<LeasedRow[]>;
  /** false: the lease was lost, stop. */
  readonly renew: (row: RowInHand, leaseMs: number) => Promise<boolean>;
  /** Marks the row finished; in `tx`, together with its effect. Throws LeaseLost when another worker has it by now. */
  readonly complete: (row: RowInHand, tx?: Tx) => Promise<void>;
  /** The same for many rows in one round trip: all of them are still in our hands, or it throws LeaseLost. */
  readonly completeAll: (rows: readonly RowInHand[], tx?: Tx) => Promise<void>;
  readonly retryAfter: (row: RowInHand, delayMs: number, error: string) => Promise<void>;
  /** The same for a reason that is no fault (not due yet, a bank still deciding): counted in `waits`. */
  readonly postpone: (row: RowInHand, delayMs: number, reason: string) => Promise<void>;
  /** Gives up: the row is kept, closed, with `failedAt`, for a person to look at. */
  readonly fail: (row: RowInHand, error: string) => Promise<void>;
  /** Due rows nobody has, oldest first: what the relay rings for. */
  readonly listDue: (queue: QueueName, limit: number) => Promise<DueRow[]>;
  /** Rows that were given up and kept. */
  readonly countFailed: () => Promise<number>;
};

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * An upsert that leaves a row alone that is there. As a pipeline, because only that can write $$NOW: what is due by the writer's
 * clock is due, also when that clock is ahead of the server's, which decides when a row may be taken. What was due earlier keeps
 * its time, so that the oldest come first.
 */
const insertedOnly = ({ message, now }: { readonly message: OutboxMessage; readonly now: Date }) => {
  const { job, payload, dueAt } = message;
  const row = {
    job,
    queue: jobs[job].queue,
    payload,
    open: true as const,
    dueAt,
    leaseToken: null,
    leaseUntil: null,
    attempts: 0,
    lastError: null,
    failedAt: null,
    createdAt: now,
  };
  const fresh = [
    '$$ROOT',
    { $literal: row },
    ...(dueAt <= now ? [{ dueAt: { $min: [{ $literal: dueAt }, '$$NOW'] } }] : []),
  ];
  return [
    {
      $replaceWith: { $cond: [{ $eq: [{ $type: '$job' }, 'missing'] }, { $mergeObjects: fresh }, '$$ROOT'] },
    },
  ];
};

/** Rows keyed by `key` are added once: the key is the document's id. */
export const mongoOutbox = (db: Db, ids: IdSource): Outbox => ({
  add: async (tx, messages) => {
    if (messages.length === 0) return;
    const now = new Date();
    const rows = messages.map((message) => ({ id: message.key ?? ids.next('out'), message }));
    await collectionOf(db, outboxCollection).bulkWrite(
      rows.map(({ id, message }) => ({
        updateOne: {
          filter: { _id: id },
          update: insertedOnly({ message, now }),
          upsert: true,
        },
      })),
      { ...sessionOf(tx), ordered: true },
    );
    mongoTxOf(tx).added.push(
      ...rows.map(({ id, message }) => ({ id, job: message.job, dueAt: message.dueAt })),
    );
  },
});

/** Due, and not in anybody's hands. */
const takeable = {
  open: true as const,
  $expr: {
    $and: [
      { $lte: ['$dueAt', '$$NOW'] },
      { $or: [{ $eq: ['$leaseUntil', null] }, { $lt: ['$leaseUntil', '$$NOW'] }] },
    ],
  },
};

const leaseFor = (leaseMs: number, token: string) => [
  {
    $set: {
      leaseToken: token,
      leaseUntil: { $add: ['$$NOW', leaseMs] },
      attempts: { $add: ['$attempts', 1] },
    },
  },
];

const backIn = (delayMs: number, reason: string) => ({
  leaseToken: null,
  leaseUntil: null,
  dueAt: { $add: ['$$NOW', delayMs] },
  lastError: { $literal: reason },
});

export const mongoOutboxQueue = (db: Db): OutboxQueue => {
  const rows = collectionOf(db, outboxCollection);
  const mine = (row: RowInHand) => ({ _id: row._id, leaseToken: row.leaseToken, open: true as const });
  const completeAll: OutboxQueue['completeAll'] = async (taken, tx) => {
    if (taken.length === 0) return;
    const done = await rows.updateMany(
      // Tokens are never used again, so an id goes with its own token or with none of these.
      {
        _id: { $in: taken.map(({ _id }) => _id) },
        leaseToken: { $in: [...new Set(taken.map(({ leaseToken }) => leaseToken))] },
        open: true,
      },
      [
        { $set: { leaseToken: null, leaseUntil: null, expireAt: { $add: ['$$NOW', KEEP_FINISHED_MS] } } },
        { $unset: 'open' },
      ],
      sessionOf(tx),
    );
    if (done.matchedCount !== taken.length)
      throw new LeaseLost(`${taken.length - done.matchedCount} of ${taken.length} rows are in other hands`);
  };
  return {
    take: async (id, leaseMs) => {
      const row = await rows.findOneAndUpdate({ _id: id, ...takeable }, leaseFor(leaseMs, randomUUID()), {
        returnDocument: 'after',
      });
      return row as LeasedRow | null;
    },
    takeDue: async (job, limit, leaseMs) => {
      const due = await rows
        .find({ queue: jobs[job].queue, job, ...takeable }, { projection: { _id: 1 } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray();
      if (due.length === 0) return [];
      const token = randomUUID();
      const wanted = due.map(({ _id }) => _id);
      await rows.updateMany({ _id: { $in: wanted }, ...takeable }, leaseFor(leaseMs, token));
      return (await rows
        .find({ _id: { $in: wanted }, leaseToken: token })
        .sort({ dueAt: 1 })
        .toArray()) as LeasedRow[];
    },
    renew: async (row, leaseMs) =>
      (await rows.updateOne(mine(row), [{ $set: { leaseUntil: { $add: ['$$NOW', leaseMs] } } }]))
        .matchedCount === 1,
    complete: (row, tx) => completeAll([row], tx),
    completeAll,
    retryAfter: async (row, delayMs, error) => {
      await rows.updateOne(mine(row), [{ $set: backIn(delayMs, error) }]);
    },
    postpone: async (row, delayMs, reason) => {
      const waits = { $add: [{ $ifNull: ['$waits', 0] }, 1] };
      await rows.updateOne(mine(row), [{ $set: { ...backIn(delayMs, reason), waits } }]);
    },
    fail: async (row, error) => {
      await rows.updateOne(mine(row), [
        { $set: { leaseToken: null, leaseUntil: null, failedAt: '$$NOW', lastError: { $literal: error } } },
        { $unset: 'open' },
      ]);
    },
    listDue: async (queue, limit) =>
      (
        await rows
          .find({ queue, ...takeable }, { projection: { job: 1, attempts: 1, dueAt: 1 } })
          .sort({ dueAt: 1 })
          .limit(limit)
          .toArray()
      ).map(({ _id, job, attempts, dueAt }) => ({ id: _id, job, attempts, dueAt })),
    countFailed: () => rows.countDocuments({ failedAt: { $type: 'date' } }, { hint: 'failed' }),
  };
};

import type { JobName, QueueName } from '@eventhorizon/core/jobs';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';

/** A row of the outbox in this worker's hands. */
export type WorkRow = {
  readonly _id: string;
  readonly job: JobName;
  readonly payload: unknown;
  /** Times the row was taken, this one included. */
  readonly attempts: number;
  /** How many of them ended in `postpone`. Absent: none. */
  readonly waits?: number | undefined;
  readonly leaseToken: string;
};

export type DueRow = {
  readonly id: string;
  readonly job: JobName;
  readonly attempts: number;
  readonly dueAt: Date;
};

/** The outbox as a queue: Mongo decides who has a row. `OutboxQueue` of packages/db is this. */
export type WorkQueue = {
  readonly take: (id: string, leaseMs: number) => Promise<WorkRow | null>;
  readonly takeDue: (job: JobName, limit: number, leaseMs: number) => Promise<WorkRow[]>;
  readonly renew: (row: WorkRow, leaseMs: number) => Promise<boolean>;
  /** In `tx`, together with its effect. Throws an error named `LeaseLost` when somebody else has the row. */
  readonly complete: (row: WorkRow, tx?: Tx) => Promise<void>;
  /** The same for many rows in one round trip. */
  readonly completeAll: (rows: readonly WorkRow[], tx?: Tx) => Promise<void>;
  readonly retryAfter: (row: WorkRow, delayMs: number, error: string) => Promise<void>;
  /** The same for a reason that is no fault: counted in `waits`. */
  readonly postpone: (row: WorkRow, delayMs: number, reason: string) => Promise<void>;
  readonly fail: (row: WorkRow, error: string) => Promise<void>;
  readonly listDue: (queue: QueueName, limit: number) => Promise<DueRow[]>;
  readonly countFailed: () => Promise<number>;
};

/** Rings for rows; see `createBell` of packages/db. */
export type Ring = {
  readonly ring: (rows: readonly DueRow[]) => void;
  readonly ringNow: (rows: readonly DueRow[]) => Promise<void>;
};

/** Listens for rings of one queue; see `createConsumer` of packages/db. */
export type Listener = {
  readonly stop: () => Promise<void>;
  readonly abandon: () => Promise<void>;
  readonly isRunning: () => boolean;
};
export type Listen = (
  queue: QueueName,
  concurrency: number,
  handle: (rowId: string) => Promise<void>,
) => Listener;

/** Lets one of several workers do a recurring piece of work; see `redisScheduleLease` of packages/db. */
export type ScheduleLease = {
  readonly hold: (name: string, ttlMs: number) => Promise<boolean>;
  readonly release: () => Promise<void>;
};

/** The part of pino that the worker uses. */
export type Log = {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
};

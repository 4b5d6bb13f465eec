import { DomainError } from '@eventhorizon/core/shared/errors';
import type { UnitOfWork } from '@eventhorizon/core/shared/unit-of-work';
import { type ClientSession, type MongoClient, MongoError, type TransactionOptions } from 'mongodb';
import { retryTransaction } from './retry-transaction.ts';
import { createSlots } from './slots.ts';
import { type AddedRow, asTx } from './transaction.ts';

export type UnitOfWorkOptions = {
  readonly client: MongoClient;
  /** Rings the worker for rows that were committed. Losing a ring costs time only: the relay rings again. */
  readonly ring: (rows: readonly AddedRow[]) => void;
  readonly maxTries?: number;
  readonly deadlineMs?: number;
  /** Transactions of this process at once. */
  readonly maxConcurrent?: number;
  /** How long one waits for its turn; after that nothing was begun. */
  readonly maxWaitMs?: number;
};

/**
 * In a rush, four hundred transactions that run at once all take so long that the server aborts them for their age; the same four
 * hundred, some at a time, are done sooner. More than these bring no more throughput, only longer transactions.
 */
const MAX_CONCURRENT = 24;
const MAX_WAIT_MS = 10_000;

const transactionOptions: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  readPreference: 'primary',
  maxCommitTimeMS: 2_000,
};

const hasLabel = (error: unknown, label: string): boolean =>
  error instanceof MongoError && error.hasErrorLabel(label);

/**
 * Transactions by a bounded loop of our own: the driver's `withTransaction` retries for 120 s, far longer than a buyer or a
 * hold waits. No commit is sent for the first time after the deadline: others rely on a transaction being over by then
 * (unpublish-event.ts). An unknown commit is asked again until the deadline; after that the caller must find out by its own
 * idempotency key whether it happened. Both bounds count from when its turn has come. A server that hangs cannot keep a
 * transaction's place for long either: see SOCKET_TIMEOUT_MS in connect.ts.
 */
export const mongoUnitOfWork = ({
  client,
  ring,
  maxTries = 5,
  deadlineMs = 2_000,
  maxConcurrent = MAX_CONCURRENT,
  maxWaitMs = MAX_WAIT_MS,
}: UnitOfWorkOptions): UnitOfWork => {
  const slots = createSlots(maxConcurrent);
  const run: UnitOfWork['run'] = async (work) => {
    using slot = await slots.take(maxWaitMs);
    if (slot === null) throw new DomainError('busy.try_again', { retryAfterMs: 1_000 });
    const deadline = performance.now() + deadlineMs;
    let cause: unknown;
    for (let attempt = 0; attempt < maxTries && performance.now() < deadline; attempt += 1) {
      if (attempt > 0) await pause(Math.min(5 * 2 ** attempt, 80) * (0.5 + Math.random()));
      await using session = client.startSession();
      const added: AddedRow[] = [];
      try {
        session.startTransaction(transactionOptions);
        const result = await work(asTx({ session, added }));
        if (performance.now() >= deadline) throw retryTransaction('the work took longer than it may');
        await commit(session, deadline);
        if (added.length > 0) ring(added);
        return result;
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
        if (
          !hasLabel(error, 'TransientTransactionError') &&
          !hasLabel(error, 'UnknownTransactionCommitResult')
        )
          throw error;
        if (hasLabel(error, 'UnknownTransactionCommitResult'))
          throw new DomainError('deadline.passed', { retryAfterMs: 500 }, { cause: error });
        cause = error;
      }
    }
    throw new DomainError('busy.try_again', { retryAfterMs: 500 }, { cause });
  };
  return { run };
};

const commit = async (session: ClientSession, deadline: number): Promise<void> => {
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!hasLabel(error, 'UnknownTransactionCommitResult') || performance.now() >= deadline) throw error;
    }
  }
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

import { buildDeps } from '../../deps.ts';
import { readEnv } from '../../env.ts';
import { createFinalize } from '../../finalize.ts';
import { runBatch } from '../../runtime/drain-batch.ts';
import { createInHand } from '../../runtime/in-hand.ts';
import { DEFAULT_SETTINGS } from '../../runtime/worker.ts';
import { keptLog } from '../kept-log.ts';
import { childConfig, dieNow, say } from './say.ts';

export type KillInFinalize = {
  readonly env: Readonly<Record<string, string>>;
  readonly rowId: string;
  /** Dies before this call to Mongo, counted from 1. 0: lives, and says how many there were. */
  readonly step: number;
  /** Finishes the row outside the transaction of its effect: what the protection forbids. */
  readonly completeOutside: boolean;
};

const { env, rowId, step, completeOutside } = childConfig<KillInFinalize>();
const log = keptLog();
const deps = buildDeps(readEnv(env), log);
const { queue } = deps.runtime;

let calls = 0;
const count = (): void => {
  calls += 1;
  if (calls === step) dieNow();
};
/** The same port, in which every call is a step. */
const counted = <P extends object>(port: P): P =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        count();
        return Reflect.apply(member, target, args);
      };
    },
  });

const { unitOfWork, bookings, payments, tickets, notifications, outbox, saleEvents } = deps.finalize;
const finalize = createFinalize(
  {
    ...deps.finalize,
    bookings: counted(bookings),
    payments: counted(payments),
    tickets: counted(tickets),
    notifications: counted(notifications),
    outbox: counted(outbox),
    saleEvents: counted(saleEvents),
    unitOfWork: {
      run: async (work) => {
        const result = await unitOfWork.run(async (tx) => {
          const made = await work(tx);
          // Everything is written and nothing is committed.
          count();
          return made;
        });
        count();
        return result;
      },
    },
  },
  {
    complete: async (row, tx) => {
      count();
      await queue.complete(row, completeOutside ? undefined : tx);
    },
    completeAll: async (rows, tx) => {
      count();
      await queue.completeAll(rows, completeOutside ? undefined : tx);
    },
  },
  log,
);

const row = await queue.take(rowId, DEFAULT_SETTINGS.leaseMs);
if (row === null) throw new Error(`row ${rowId} cannot be taken`);
await runBatch(
  {
    queue,
    bell: { ring: () => undefined, ringNow: async () => undefined },
    inHand: createInHand(),
    observer: { finished: () => undefined },
    log,
    random: Math.random,
    leaseMs: DEFAULT_SETTINGS.leaseMs,
    job: 'booking.finalize',
    handle: finalize,
    limit: 1,
  },
  [row],
);
say(`steps ${calls}`);
process.exit(0);

import { done } from '@eventhorizon/core/flows/job-result';
import { startWorker } from '../../runtime/worker.ts';
import { keptLog } from '../kept-log.ts';
import { testHandlers } from '../test-handlers.ts';
import { childDeps } from './child-runtime.ts';
import { childConfig, dieNow } from './say.ts';

export type KillAtStep = {
  readonly mongoUri: string;
  readonly redisUrl: string;
  /** taken: before the effect. effected: after it, the row still open. completed: right after the row was finished. */
  readonly step: 'taken' | 'effected' | 'completed';
};

const { mongoUri, redisUrl, step } = childConfig<KillAtStep>();
const { runtime, countEffect } = childDeps(mongoUri, redisUrl);
startWorker({
  ...runtime,
  queue: {
    ...runtime.queue,
    complete: async (row, tx) => {
      await runtime.queue.complete(row, tx);
      if (step === 'completed') dieNow();
    },
  },
  handlers: testHandlers({
    'inventory.follow_event': async (_payload, { rowId }) => {
      if (step === 'taken') dieNow();
      await countEffect(rowId);
      if (step === 'effected') dieNow();
      return done;
    },
  }),
  finalize: async () => new Map(),
  schedules: [],
  observer: { finished: () => undefined },
  log: keptLog(),
  random: Math.random,
});

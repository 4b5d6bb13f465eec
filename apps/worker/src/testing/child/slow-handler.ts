import { once } from 'node:events';
import { done } from '@eventhorizon/core/flows/job-result';
import { stopOnSignal } from '../../runtime/stop-on-signal.ts';
import { startWorker } from '../../runtime/worker.ts';
import { keptLog } from '../kept-log.ts';
import { testHandlers } from '../test-handlers.ts';
import { childDeps } from './child-runtime.ts';
import { childConfig, say } from './say.ts';

export type SlowHandler = {
  readonly mongoUri: string;
  readonly redisUrl: string;
  readonly deadlineMs: number;
};

const { mongoUri, redisUrl, deadlineMs } = childConfig<SlowHandler>();
const { runtime, countEffect } = childDeps(mongoUri, redisUrl);
const log = keptLog();
const worker = startWorker({
  ...runtime,
  handlers: testHandlers({
    'inventory.follow_event': async (_payload, { rowId }) => {
      say(`begun ${rowId}`);
      await once(process.stdin, 'data');
      await countEffect(rowId);
      return done;
    },
  }),
  finalize: async () => new Map(),
  schedules: [],
  observer: { finished: () => undefined },
  log,
  random: Math.random,
});
stopOnSignal(worker, {
  deadlineMs,
  log,
  stopping: () => say('stopping'),
  clean: () => runtime[Symbol.asyncDispose](),
});
say('working');

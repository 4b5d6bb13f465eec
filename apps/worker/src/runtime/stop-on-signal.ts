import { messageOf } from './decide.ts';
import type { Log } from './ports.ts';
import type { RunningWorker } from './worker.ts';

export type StopOptions = {
  /** How long jobs under way may take to end. */
  readonly deadlineMs: number;
  readonly log: Log;
  readonly stopping?: () => void;
  /** Closes what is left, after the worker. */
  readonly clean: () => PromiseLike<void>;
};

/** On SIGTERM or SIGINT: finishes what has begun, gives back what cannot be finished in time, and ends the process. */
export const stopOnSignal = (
  worker: Pick<RunningWorker, 'stop'>,
  { deadlineMs, log, stopping, clean }: StopOptions,
): void => {
  let begun = false;
  const stop = async (signal: string): Promise<void> => {
    if (begun) return;
    begun = true;
    log.info({ signal }, 'stopping');
    stopping?.();
    const { givenBack } = await worker.stop(deadlineMs);
    await clean();
    log.info({ givenBack }, 'stopped');
    // What was given back is still running here and must not go on beside the worker that has it now.
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ reason: messageOf(error) }, 'stopping failed');
        process.exit(1);
      });
    });
};

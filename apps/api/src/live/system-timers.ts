import { setImmediate as turn } from 'node:timers/promises';
import type { Timers } from './ports.ts';

/** Real time. Its timers keep no process alive. */
export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
  breathe: () => turn(),
};

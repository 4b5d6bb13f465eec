import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;

export type LoadMeter = { readonly lagMs: () => number; readonly stop: () => void };

/** How late the event loop runs what is due: the slowest tenth since it was asked last. */
export const createLoadMeter = (): LoadMeter => {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    lagMs: () => {
      const ms = delays.count === 0 ? 0 : delays.percentile(90) / 1e6 - RESOLUTION_MS;
      delays.reset();
      return Math.max(0, ms);
    },
    stop: () => void delays.disable(),
  };
};

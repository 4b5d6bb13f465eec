import { setImmediate as turn } from 'node:timers/promises';
import type { Timers } from '../ports.ts';

type Due = { readonly atMs: number; readonly run: () => void };

export type ManualTimers = Timers & {
  /** Lets time pass: everything that falls due runs in order, each with all that follows from it at once. */
  readonly pass: (ms: number) => Promise<void>;
};

/** Lets promises that wait for nothing outside come to rest. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 3; turns += 1) await turn();
};

export const manualTimers = (): ManualTimers => {
  let nowMs = 0;
  const waiting = new Set<Due>();
  const next = (untilMs: number): Due | undefined =>
    [...waiting].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  return {
    nowMs: () => nowMs,
    after: (ms, run) => {
      const due = { atMs: nowMs + ms, run };
      waiting.add(due);
      return () => void waiting.delete(due);
    },
    breathe: () => Promise.resolve(),
    pass: async (ms) => {
      const untilMs = nowMs + ms;
      await settle();
      for (let due = next(untilMs); due !== undefined; due = next(untilMs)) {
        waiting.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.run();
        await settle();
      }
      nowMs = untilMs;
    },
  };
};

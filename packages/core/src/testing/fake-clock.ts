import type { Clock } from '../shared/clock.ts';
import { addMs } from '../shared/clock.ts';

export type FakeClock = Clock & { readonly advance: (ms: number) => void };

/** A clock that stands still until it is told to go on. */
export const fakeClock = (start = new Date('2026-06-01T12:00:00.000Z')): FakeClock => {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => {
      at = addMs(at, ms);
    },
  };
};

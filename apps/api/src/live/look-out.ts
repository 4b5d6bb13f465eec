import type { Timers } from './ports.ts';

/** Without a bell an event is looked at so often: it repairs lost bells. */
export const POLL_MS = 2_000;
/** While it cannot be read. */
const RETRY_MS = 1_000;

export type LookOut = {
  /** The first look; others follow by themselves. */
  readonly begin: () => Promise<void>;
  /** Something changed. */
  readonly ring: () => void;
  readonly stop: () => void;
};

/**
 * Decides when to look at an event: at once after a bell, but never sooner than `paceMs` after the last look, and every two
 * seconds without one. Each bell is worth two looks, one pace apart: the scripts ring at most once in 100 ms, so changes of the
 * moments after a ring are unheard. `look` says whether it could see; one look at a time.
 */
export const createLookOut = (
  look: () => Promise<'seen' | 'blind'>,
  { nowMs, after }: Timers,
  paceMs: () => number,
): LookOut => {
  let looks = 0;
  let lastAtMs = nowMs();
  let blind = false;
  // Until it begins: a bell that rings before is heard, and waits.
  let looking = true;
  let stopped = false;
  let callOff: () => void = () => undefined;

  const plan = (): void => {
    callOff();
    if (looking || stopped) return;
    const usual = looks > 0 ? paceMs() : POLL_MS;
    const wait = blind ? Math.max(RETRY_MS, paceMs()) : usual;
    callOff = after(Math.max(0, lastAtMs + wait - nowMs()), () => void turn());
  };
  const turn = async (): Promise<void> => {
    looks = Math.max(0, looks - 1);
    lastAtMs = nowMs();
    looking = true;
    blind = (await look()) === 'blind';
    looking = false;
    plan();
  };
  return {
    begin: turn,
    ring: () => {
      looks = 2;
      plan();
    },
    stop: () => {
      stopped = true;
      callOff();
    },
  };
};

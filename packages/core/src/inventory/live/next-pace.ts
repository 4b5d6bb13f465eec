/** Milliseconds from one delta of an event to the next: 4 a second, down to one in 2 s. */
export const PACES_MS = [250, 500, 1_000, 2_000] as const;

/** How a process bears its streams, seen over the last moments. */
export type LiveLoad = {
  /** How late the event loop runs what is due, in milliseconds, for the slowest tenth. */
  readonly lagMs: number;
  /** Share of the listeners, 0 to 1, who have not taken yet what they were sent. */
  readonly backlogged: number;
};

/** `level` in PACES_MS. `calm`: looks in a row that found little load. */
export type Pace = { readonly level: number; readonly calm: number };

export const FULL_PACE: Pace = { level: 0, calm: 0 };

const BUSY: LiveLoad = { lagMs: 60, backlogged: 0.25 };
const CALM: LiveLoad = { lagMs: 20, backlogged: 0.1 };
/** Calm looks before it goes faster: a busy one counts at once, so that it does not swing. */
const CALM_LOOKS = 6;

/** One step slower at each busy look, one faster after six calm ones in a row; in between it stays. */
export const nextPace = ({ level, calm }: Pace, load: LiveLoad): Pace => {
  if (load.lagMs > BUSY.lagMs || load.backlogged > BUSY.backlogged)
    return { level: Math.min(level + 1, PACES_MS.length - 1), calm: 0 };
  if (load.lagMs > CALM.lagMs || load.backlogged > CALM.backlogged) return { level, calm: 0 };
  return calm + 1 < CALM_LOOKS ? { level, calm: calm + 1 } : { level: Math.max(level - 1, 0), calm: 0 };
};

export const paceMs = ({ level }: Pace): number => PACES_MS[level] ?? PACES_MS[0];

/** Durations in ms by step, for percentiles at the end of a run. */
export type Stopwatch = {
  readonly time: <T>(step: string, work: () => Promise<T>) => Promise<T>;
  /** By step, in the order in which steps first happened. */
  readonly summary: () => readonly StepSummary[];
};

export type StepSummary = {
  readonly step: string;
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
};

/** The smallest value that at least `share` of the sorted values do not exceed (nearest rank); NaN of nothing. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

/** Times a step whether it succeeds or is refused: a slow refusal is slow, too. */
export const createStopwatch = (): Stopwatch => {
  const durations = new Map<string, number[]>();
  return {
    time: async (step, work) => {
      const startedAt = performance.now();
      try {
        return await work();
      } finally {
        const list = durations.get(step) ?? [];
        list.push(performance.now() - startedAt);
        durations.set(step, list);
      }
    },
    summary: () =>
      [...durations].map(([step, list]) => {
        const sorted = [...list].sort((a, b) => a - b);
        return { step, count: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
      }),
  };
};

/** What one lane of load does once; resolves to the name of what happened, by which the result counts it. */
export type Work = (lane: number) => Promise<string>;

export type Measurement = {
  readonly name: string;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** How often each outcome came. */
  readonly outcomes: Readonly<Record<string, number>>;
};

/** The smallest value that at least `share` of the values do not exceed (nearest rank); NaN of nothing. */
export const nearestRank = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

/**
 * Keeps `lanes` pieces of work in flight for `forMs` and counts what ended within it. Closed loop: a slow server is asked
 * less often, so read the rate and the percentiles together.
 */
export const measure = async (
  name: string,
  { lanes, forMs, clock = () => performance.now() }: { lanes: number; forMs: number; clock?: () => number },
  work: Work,
): Promise<Measurement> => {
  const durations: number[] = [];
  const outcomes: Record<string, number> = {};
  const begin = clock();
  const end = begin + forMs;
  const run = async (lane: number): Promise<void> => {
    while (clock() < end) {
      const startedAt = clock();
      const outcome = await work(lane);
      durations.push(clock() - startedAt);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return {
    name,
    perSecond: durations.length / ((clock() - begin) / 1_000),
    p50: nearestRank(durations, 0.5),
    p99: nearestRank(durations, 0.99),
    outcomes,
  };
};

import type { Slice } from './slice.ts';

/** Keeps `lanes` pieces of work in flight for `forMs`, or until `work` has nothing more to do (null), and counts what came of them. */
export const inFlight = async (
  lanes: number,
  forMs: number,
  work: (lane: number) => Promise<string | null>,
): Promise<Slice> => {
  const durations: number[] = [];
  const answers: Record<string, number> = {};
  const begin = performance.now();
  const run = async (lane: number): Promise<void> => {
    while (performance.now() - begin < forMs) {
      const startedAt = performance.now();
      const outcome = await work(lane);
      if (outcome === null) return;
      durations.push(performance.now() - startedAt);
      answers[outcome] = (answers[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return { seconds: (performance.now() - begin) / 1_000, durations, answers };
};

import type { CpuMeter } from './cpu-meter.ts';
import type { Slice } from './load/slice.ts';
import { median, nearestRank } from './statistics.ts';

export type Contender = {
  readonly name: string;
  /** The ceiling among the contenders that this one is compared with. */
  readonly against?: string;
  /** Of the process that does the work. */
  readonly cpu: CpuMeter;
  readonly slice: (forMs: number) => Promise<Slice>;
};

export type Standing = {
  readonly name: string;
  readonly against: string | null;
  /** Medians over the rounds. */
  readonly perSecond: number;
  /** Milliseconds; null where single requests are not timed. */
  readonly p50: number | null;
  readonly p99: number | null;
  /** CPU microseconds of the server for one request. */
  readonly cpuMicros: number;
  /** Of the ceiling's rate, and of its CPU time: medians of each round's own ratio; null without a ceiling. */
  readonly ratio: number | null;
  readonly cpuRatio: number | null;
  readonly answers: Readonly<Record<string, number>>;
};

type Round = Pick<Standing, 'perSecond' | 'cpuMicros' | 'answers'> & {
  readonly p50: number;
  readonly p99: number;
};

const roundOf = ({ seconds, durations, answers }: Slice, cpuSeconds: number): Round => ({
  perSecond: durations.length / seconds,
  p50: nearestRank(durations, 0.5),
  p99: nearestRank(durations, 0.99),
  cpuMicros: (cpuSeconds * 1e6) / durations.length,
  answers,
});

const sum = (rounds: readonly Round[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const { answers } of rounds)
    for (const [name, count] of Object.entries(answers)) total[name] = (total[name] ?? 0) + count;
  return total;
};

/**
 * Lets the contenders take turns in short slices, `rounds` times after one to warm up: whatever else the machine does hits a ceiling and
 * what is held against it alike, and the median forgets the round in which it did not.
 */
export const contest = async (
  contenders: readonly Contender[],
  { rounds, sliceMs }: { readonly rounds: number; readonly sliceMs: number },
): Promise<Standing[]> => {
  const taken = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, cpu, slice } of contenders) {
      const before = await cpu();
      const done = await slice(sliceMs);
      const after = await cpu();
      if (round > 0) taken.get(name)?.push(roundOf(done, after - before));
    }
  }
  return contenders.map(({ name, against = null }) => {
    const own = taken.get(name) ?? [];
    const ceiling = against === null ? [] : (taken.get(against) ?? []);
    const of = (value: (round: Round) => number) => median(own.map(value));
    const ratio = (value: (round: Round, ceiling: Round) => number) =>
      against === null
        ? null
        : median(own.flatMap((round, n) => (ceiling[n] ? [value(round, ceiling[n])] : [])));
    return {
      name,
      against,
      perSecond: of((round) => round.perSecond),
      p50: of((round) => round.p50),
      p99: of((round) => round.p99),
      cpuMicros: of((round) => round.cpuMicros),
      ratio: ratio((round, bare) => round.perSecond / bare.perSecond),
      cpuRatio: ratio((round, bare) => bare.cpuMicros / round.cpuMicros),
      answers: sum(own),
    };
  });
};

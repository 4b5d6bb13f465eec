import { expect, test } from 'vitest';
import { contest } from './contest.ts';

/** A contender that does so many things a second, with so much CPU for each, round after round. */
const steady = (name: string, rounds: readonly { count: number; cpuEach: number }[], against?: string) => {
  let round = -1;
  let used = 0;
  return {
    name,
    ...(against !== undefined && { against }),
    cpu: async () => used,
    slice: async () => {
      round += 1;
      const { count, cpuEach } = rounds[round] ?? { count: 0, cpuEach: 0 };
      used += count * cpuEach;
      return { seconds: 1, durations: Array.from({ length: count }, () => 2), answers: { ok: count } };
    },
  };
};

test('a ratio is the median of what each round says, so a round in which the machine was busy changes nothing', async () => {
  const warmUp = { count: 1, cpuEach: 1 };
  const bare = [
    warmUp,
    { count: 100, cpuEach: 1e-5 },
    { count: 20, cpuEach: 5e-5 },
    { count: 100, cpuEach: 1e-5 },
  ];
  const own = [
    warmUp,
    { count: 50, cpuEach: 4e-5 },
    { count: 10, cpuEach: 2e-4 },
    { count: 5, cpuEach: 4e-4 },
  ];
  const [ceiling, subject] = await contest([steady('bare', bare), steady('own', own, 'bare')], {
    rounds: 3,
    sliceMs: 1,
  });
  expect(ceiling).toMatchObject({
    perSecond: 100,
    ratio: null,
    cpuRatio: null,
    p50: 2,
    answers: { ok: 220 },
  });
  expect(subject).toMatchObject({
    perSecond: 10,
    ratio: 0.5,
    cpuRatio: expect.closeTo(0.25),
    answers: { ok: 65 },
  });
});

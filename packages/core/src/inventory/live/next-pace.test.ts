import { describe, expect, it } from 'vitest';
import { FULL_PACE, type LiveLoad, nextPace, type Pace, paceMs } from './next-pace.ts';

const looks = (pace: Pace, load: LiveLoad, many: number): Pace =>
  Array.from({ length: many }).reduce<Pace>((now) => nextPace(now, load), pace);

const calm = { lagMs: 0, backlogged: 0 };
const late = { lagMs: 100, backlogged: 0 };
const clogged = { lagMs: 0, backlogged: 0.5 };
const middling = { lagMs: 40, backlogged: 0 };

describe('the pace', () => {
  it('is four deltas a second, and never faster', () => {
    expect(paceMs(FULL_PACE)).toBe(250);
    expect(paceMs(looks(FULL_PACE, calm, 50))).toBe(250);
  });
  it.each([
    ['a late event loop', late],
    ['listeners who do not take what they are sent', clogged],
  ])('falls with %s, down to one delta in two seconds', (_, load) => {
    expect([1, 2, 3, 4].map((many) => paceMs(looks(FULL_PACE, load, many)))).toEqual([
      500, 1_000, 2_000, 2_000,
    ]);
  });
  it('rises a step after six calm looks in a row, all the way back', () => {
    const slow = looks(FULL_PACE, late, 3);
    expect([5, 6, 12, 18].map((many) => paceMs(looks(slow, calm, many)))).toEqual([2_000, 1_000, 500, 250]);
  });
  it('does not swing: load in between keeps it, and starts the count of calm looks again', () => {
    const slow = looks(FULL_PACE, late, 1);
    expect(paceMs(looks(slow, middling, 100))).toBe(500);
    expect(paceMs(looks(nextPace(looks(slow, calm, 5), middling), calm, 5))).toBe(500);
  });
});

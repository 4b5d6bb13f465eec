import { describe, expect, it } from 'vitest';
import { strandsSeat } from './strands-seat.ts';
import { house } from './testing/seated-event.ts';

const stranded = (lines: string[], ...guids: string[]) => {
  const { layout, snapshot } = house(...lines);
  const units = guids.flatMap((guid) => layout.findUnit(`s:${guid}`) ?? []);
  return strandsSeat(layout, snapshot, units).map((unitId) => unitId.slice(2));
};

describe('a choice that leaves a seat alone', () => {
  it('is told by the seat, at the end of a row, beside a taken seat, or between the chosen ones', () => {
    expect(stranded(['.....'], '0-1')).toEqual(['0-0']);
    expect(stranded(['..x.....'], '0-4')).toEqual(['0-3']);
    expect(stranded(['......'], '0-1', '0-3')).toEqual(['0-0', '0-2']);
    expect(stranded(['... ...', '....'], '0-1', '0-2')).toEqual(['0-0']);
  });
  it('is none when the seats left over still have company, or nothing is left over', () => {
    expect(stranded(['.....'], '0-0')).toEqual([]);
    expect(stranded(['.....'], '0-0', '0-1')).toEqual([]);
    expect(stranded(['.....'], '0-0', '0-1', '0-2', '0-3', '0-4')).toEqual([]);
  });
  it('is judged as a whole: two choices that fill the gap together are fine', () => {
    expect(stranded(['.....'], '0-1', '0-0')).toEqual([]);
  });
  it('is not blamed for a seat that was alone before', () => {
    expect(stranded(['.x...x.'], '0-2', '0-3', '0-4')).toEqual([]);
    expect(stranded(['w.x', '....'], '0-0')).toEqual([]);
  });
  it('is allowed where this party can sit in no other way', () => {
    expect(stranded(['...'], '0-0', '0-1')).toEqual([]);
    expect(stranded(['..'], '0-0')).toEqual([]);
    expect(stranded(['...', '..'], '0-0', '0-1')).toEqual(['0-2']);
  });
  it('does not count wheelchair places as left alone', () => {
    expect(stranded(['w...', '..'], '0-1')).toEqual([]);
  });
  it('is left to whoever takes the seats when one of them is not free', () => {
    expect(stranded(['.x...'], '0-1', '0-3')).toEqual([]);
  });
});

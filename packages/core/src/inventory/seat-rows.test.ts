import { describe, expect, it } from 'vitest';
import type { Seat } from '../venues/seat-map.ts';
import { layoutOf } from './layout.ts';
import { seatRows } from './seat-rows.ts';
import { testEvent } from './testing/seated-event.ts';

const seat = (guid: string, x: number, y: number, change: Partial<Seat> = {}): Seat => ({
  guid,
  section: 'Stalls',
  row: '1',
  number: guid,
  category: 'A',
  x,
  y,
  accessible: false,
  ...change,
});
const runsOf = (seats: Seat[]) =>
  seatRows(layoutOf(testEvent(), seats)).runs.map((run) => [...run.seats].map((index) => seats[index]?.guid));

describe('rows of a layout', () => {
  it('are in order of sitting, whatever the order of the plan', () => {
    expect(runsOf([seat('3', 20, 0), seat('1', 0, 0), seat('2', 10, 0)])).toEqual([['1', '2', '3']]);
  });
  it('are cut at an aisle', () => {
    const row = [0, 10, 20, 45, 55, 65].map((x, i) => seat(String(i), x, 0));
    expect(runsOf(row)).toEqual([
      ['0', '1', '2'],
      ['3', '4', '5'],
    ]);
  });
  it('may be curved, or run away from the stage', () => {
    const curved = [0, 1, 2, 3, 4].map((i) => seat(String(i), i * 10, (i - 2) ** 2));
    const along = [0, 1, 2, 3, 4].map((i) => seat(`s${i}`, 100, i * 10, { row: '2' }));
    expect(runsOf([...curved, ...along])).toEqual([
      ['0', '1', '2', '3', '4'],
      ['s0', 's1', 's2', 's3', 's4'],
    ]);
  });
  it('drawn on one spot are ordered by number, as people count', () => {
    expect(runsOf([seat('10', 0, 0), seat('9', 0, 0), seat('2', 0, 0)])).toEqual([['2', '9', '10']]);
  });
  it('of one name in two sections are two rows', () => {
    expect(runsOf([seat('1', 0, 0), seat('2', 10, 0, { section: 'Balcony' })])).toHaveLength(2);
  });
  it('of 100,000 seats in one line are found, too', () => {
    const row = Array.from({ length: 100_000 }, (_, i) => seat(String(i), i * 10, 0));
    expect(runsOf(row)[0]).toHaveLength(100_000);
  });
});

import { expect, test } from 'vitest';
import { canMove, sourcesOf, type Transitions, unreachable } from './state-machine.ts';

const table: Transitions<'a' | 'b' | 'c'> = { a: ['b', 'c'], b: ['c'], c: [] };

test('only moves in the table are allowed; staying is none unless it is listed', () => {
  expect(canMove(table, 'a', 'b')).toBe(true);
  expect(canMove(table, 'b', 'a')).toBe(false);
  expect(canMove(table, 'a', 'a')).toBe(false);
});

test('sources are all states that lead to a state in one step', () => {
  expect(sourcesOf(table, 'c')).toEqual(['a', 'b']);
  expect(sourcesOf(table, 'a')).toEqual([]);
});

test('a value outside of the union is a bug and is named', () => {
  expect(() => unreachable('d' as never)).toThrow('unreachable: "d"');
});

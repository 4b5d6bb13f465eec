import { expect, it } from 'vitest';
import { createLineBudget } from './line-budget.ts';

it('leaves no more lines a second than it may, and tells with the next one how many were left out', () => {
  let now = 0;
  const budget = createLineBudget(2, () => now);
  expect([budget(), budget(), budget(), budget(), budget()]).toEqual([0, 0, null, null, null]);
  now = 999;
  expect(budget()).toBeNull();
  now = 1_000;
  expect([budget(), budget(), budget()]).toEqual([4, 0, null]);
});

import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCENARIOS } from './scenarios.ts';

test('every scenario that there is runs once, by a name of its own', () => {
  const names = SCENARIOS.map(({ name }) => name);
  expect([...new Set(names)]).toEqual(names);
  expect(names).toHaveLength(readdirSync(new URL('./scenarios/', import.meta.url)).length);
});

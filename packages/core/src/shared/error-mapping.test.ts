import { expect, test } from 'vitest';
import { ERROR_KINDS } from './error-kinds.ts';
import { exitCodeOf, httpStatusOf, trpcCodeOf, workerDecisionOf } from './error-mapping.ts';

const maps = { trpcCodeOf, httpStatusOf, exitCodeOf, workerDecisionOf };

test.each(Object.entries(maps))('%s names every kind and no other', (_name, map) => {
  expect(Object.keys(map).sort()).toEqual([...ERROR_KINDS].sort());
});

test.each([
  ['tRPC code', trpcCodeOf],
  ['HTTP status', httpStatusOf],
  ['exit code', exitCodeOf],
])('no two kinds share a %s, so that each can be told apart', (_name, map) => {
  expect(new Set(Object.values(map)).size).toBe(ERROR_KINDS.length);
});

test('a refusal is never answered as a failure of the server, except for unavailability', () => {
  for (const kind of ERROR_KINDS) {
    expect(httpStatusOf[kind] >= 500).toBe(kind === 'unavailable');
  }
});

test('exit codes leave 0, 1 and 2 to the shell and stay below those of signals', () => {
  for (const code of Object.values(exitCodeOf)) {
    expect(code).toBeGreaterThan(2);
    expect(code).toBeLessThan(126);
  }
});

test('the worker runs again only what passes by itself', () => {
  const retried = ERROR_KINDS.filter((kind) => workerDecisionOf[kind] === 'retry');
  expect(retried).toEqual(['limited', 'unavailable']);
});

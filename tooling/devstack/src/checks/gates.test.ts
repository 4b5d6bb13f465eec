import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../paths.ts';
import { gates } from './gates.ts';

const types = (hasCommit: boolean) => gates({ hasCommit }).find((gate) => gate.name === 'types');

test('types are checked by turbo, and by the compiler alone where git has no commit to hash against', () => {
  expect(types(true)?.command).toBe('node_modules/.bin/turbo');
  expect(types(false)?.command).toBe('node_modules/.bin/tsc');
});

test('every kind of check is a gate', () => {
  const names = gates({ hasCommit: true }).map((gate) => gate.name);
  expect(names).toEqual(['versions', 'lint', 'boundaries', 'dead code', 'types']);
});

test('the import rules are checked wherever `pnpm boundaries` checks them', () => {
  const { scripts } = JSON.parse(readFileSync(`${repositoryRoot}/package.json`, 'utf8')) as {
    scripts: Record<string, string>;
  };
  const gate = gates({ hasCommit: true }).find(({ name }) => name === 'boundaries');
  expect(['depcruise', ...(gate?.args ?? [])].join(' ')).toBe(scripts.boundaries);
});

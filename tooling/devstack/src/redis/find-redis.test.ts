import { expect, test } from 'vitest';
import { installHint } from './find-redis.ts';

test.each([
  ['linux', 'apt-get install redis-server'],
  ['darwin', 'brew install redis'],
  ['win32', 'WSL'],
] as const)('on %s the hint names a command that works there', (platform, expected) => {
  expect(installHint(platform)).toContain(expected);
});

import { expect, it } from 'vitest';
import { rateKey } from './keys.ts';
import type { LuaSources } from './lua-sources.ts';
import { createProviderRateLimit } from './provider-rate-limit.ts';
import { createScriptRunner } from './script-runner.ts';
import { scriptsWithout, testInventory } from './testing/inventory-fixture.ts';

const takenOf = async (asked: number, sources?: LuaSources): Promise<number> => {
  await using t = await testInventory({}, { cold: true });
  // One token in 1,000 s, so that none is added while the test runs.
  const limit = createProviderRateLimit(createScriptRunner(t.redis, sources), {
    perSecond: 0.001,
    burst: 20,
  });
  const answers = await Promise.all(Array.from({ length: asked }, () => limit.take('acct')));
  return answers.filter(Boolean).length;
};

it('lets through as many calls at once as the bucket holds', async () => {
  expect(await takenOf(100)).toBe(20);
});

it('twin: without the bucket all go through', async () => {
  expect(await takenOf(100, scriptsWithout('local taken = tokens >= wanted', 'local taken = true'))).toBe(
    100,
  );
});

it('fills again with time, each account its own bucket', async () => {
  await using t = await testInventory({}, { cold: true });
  const limit = createProviderRateLimit(t.runner, { perSecond: 1_000, burst: 1 });
  expect(await limit.take('a')).toBe(true);
  expect(await limit.take('b')).toBe(true);
  await expect.poll(() => limit.take('a')).toBe(true);
  expect(await t.redis.pttl(rateKey('provider:a'))).toBeGreaterThan(0);
});

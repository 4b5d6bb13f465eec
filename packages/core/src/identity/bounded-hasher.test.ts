import { expect, test } from 'vitest';
import { boundedHasher } from './bounded-hasher.ts';
import type { PasswordHasher } from './ports.ts';

/** A hasher that works until it is let go; how many works it had at once at most. */
const slowHasher = () => {
  const working: (() => void)[] = [];
  let atOnce = 0;
  const hasher: PasswordHasher = {
    hash: async (password) => {
      await new Promise<void>((resolve) => {
        working.push(resolve);
        atOnce = Math.max(atOnce, working.length);
      });
      if (password === 'breaks') throw new Error('out of memory');
      return `hash of ${password}`;
    },
    verify: async () => ({ matches: false, outdated: false }),
  };
  /** Lets all work go, also what begins because of that. */
  const finish = async (calls: readonly Promise<unknown>[]) => {
    const all = Promise.allSettled(calls);
    let done = false;
    void all.then(() => {
      done = true;
    });
    while (!done) {
      working.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return all;
  };
  return { hasher, finish, atOnce: () => atOnce };
};
const flood = (hasher: PasswordHasher, length: number) =>
  Array.from({ length }, (_, n) => hasher.hash(`password ${n}`));

test('a flood has so many hashes under way and so many waiting, and the others are told to come again', async () => {
  const slow = slowHasher();
  const outcomes = await slow.finish(flood(boundedHasher(slow.hasher, { atOnce: 3, maxWaiting: 10 }), 100));
  expect(slow.atOnce()).toBe(3);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: 'busy.try_again', details: { retryAfterMs: 2_000 } });
});

test('twin: without bounds all of the flood is under way at once', async () => {
  const slow = slowHasher();
  await slow.finish(flood(slow.hasher, 100));
  expect(slow.atOnce()).toBe(100);
});

test('a hash that fails gives its place back, and those who wait are served in their order', async () => {
  const slow = slowHasher();
  const hasher = boundedHasher(slow.hasher, { atOnce: 1, maxWaiting: 10 });
  const order: string[] = [];
  const calls = ['breaks', 'one', 'two'].map((password) =>
    hasher.hash(password).finally(() => order.push(password)),
  );
  const outcomes = await slow.finish(calls);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(order).toEqual(['breaks', 'one', 'two']);
  expect((await slow.finish([hasher.hash('later')]))[0]).toMatchObject({ value: 'hash of later' });
});

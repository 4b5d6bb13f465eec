import { expect, test } from 'vitest';
import { SECOND_MS } from '../shared/clock.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { inMemoryAttempts } from '../testing/in-memory-attempts.ts';
import { attemptCounterContract } from './attempt-counter.contract.ts';
import { ATTEMPT_LIMITS, limitAttempts } from './attempts.ts';

attemptCounterContract(async (limits) => ({
  attempts: inMemoryAttempts(fakeClock(), limits),
  [Symbol.asyncDispose]: async () => undefined,
}));

test('a refusal says when to come back, and refused attempts do not make the wait longer', async () => {
  const clock = fakeClock();
  const deps = { attempts: inMemoryAttempts(clock) };
  const { count, withinMs } = ATTEMPT_LIMITS.register_per_address;
  const attempt = () => limitAttempts(deps, 'register_per_address', '203.0.113.7');
  for (let n = 0; n < count; n += 1) await attempt();
  clock.advance(withinMs - SECOND_MS);
  await expect(attempt()).rejects.toMatchObject({
    code: 'auth.too_many_attempts',
    kind: 'limited',
    details: { retryAfterMs: SECOND_MS },
    message: expect.stringContaining('Wait 1 second '),
  });
  clock.advance(SECOND_MS);
  await expect(attempt()).resolves.toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { ATTEMPT_LIMITS, type AttemptCounter, type AttemptLimits } from './attempts.ts';

const limits = (count: number, withinMs = 60_000): AttemptLimits => ({
  ...ATTEMPT_LIMITS,
  log_in_per_address: { count, withinMs },
});

/** What every AttemptCounter promises. `open` gives one that has counted nothing yet. */
export const attemptCounterContract = (
  open: (limits: AttemptLimits) => Promise<AsyncDisposable & { attempts: AttemptCounter }>,
): void => {
  describe('attempt counter', () => {
    test('lets exactly as many attempts pass as the limit says, also at once, and tells the others how long to wait', async () => {
      await using t = await open(limits(5));
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => t.attempts.take('log_in_per_address', 'here')),
      );
      expect(answers.filter((wait) => wait === null)).toHaveLength(5);
      for (const wait of answers) {
        if (wait === null) continue;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(60_000);
      }
    });

    test('counts each kind and each one for itself', async () => {
      await using t = await open(limits(1));
      await t.attempts.take('log_in_per_address', 'here');
      expect(await t.attempts.take('log_in_per_address', 'here')).not.toBeNull();
      expect(await t.attempts.take('log_in_per_address', 'there')).toBeNull();
      expect(await t.attempts.take('register_per_address', 'here')).toBeNull();
    });

    test('begins anew when it is told to forget', async () => {
      await using t = await open(limits(1));
      await t.attempts.take('log_in_per_address', 'here');
      await t.attempts.forget('log_in_per_address', 'here');
      expect(await t.attempts.take('log_in_per_address', 'here')).toBeNull();
    });
  });
};

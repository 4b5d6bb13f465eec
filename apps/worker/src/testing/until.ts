import { expect, vi } from 'vitest';

/** Waits for a condition, looking often. Fails with the last failure after `timeoutMs`. */
export const until = (check: () => unknown, timeoutMs = 30_000): Promise<void> =>
  vi.waitFor(
    async () => {
      expect(await check()).toBe(true);
    },
    { timeout: timeoutMs, interval: 20 },
  );

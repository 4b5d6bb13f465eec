import { DomainError } from '../shared/errors.ts';
import type { PasswordHasher } from './ports.ts';

export type HashBounds = {
  /** Hashes under way at once; the others wait in the order in which they came. */
  readonly atOnce: number;
  /** More than these that wait are refused with `busy.try_again`. */
  readonly maxWaiting: number;
};

const RETRY_MS = 2_000;

/**
 * A hasher that takes no more work than it can do. Limits by account and address do not stop a flood that comes from thousands of
 * addresses to thousands of accounts; with this one it slows log-ins down and nothing else.
 */
export const boundedHasher = (inner: PasswordHasher, { atOnce, maxWaiting }: HashBounds): PasswordHasher => {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (underWay < atOnce) underWay += 1;
    else {
      if (waiting.length >= maxWaiting) throw new DomainError('busy.try_again', { retryAfterMs: RETRY_MS });
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place, so that nobody who comes now is before him.
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    }
  };
  return {
    hash: (password) => inTurn(() => inner.hash(password)),
    verify: (hash, password) => inTurn(() => inner.verify(hash, password)),
  };
};

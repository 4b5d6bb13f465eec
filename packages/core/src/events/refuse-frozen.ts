import { DomainError } from '../shared/errors.ts';
import type { Event } from './event.ts';

/** Throws `event.frozen` from an unpublish until the check that follows it has cleared the mark. */
export const refuseFrozen = (event: Event, now: Date): void => {
  if (event.frozenUntil === null) return;
  const left = event.frozenUntil.getTime() - now.getTime();
  throw new DomainError('event.frozen', { retryAfterMs: Math.max(1_000, left + 1_000) });
};

import type { AccessTokens } from '@eventhorizon/core/identity/ports';
import { SECOND_MS } from '@eventhorizon/core/shared/clock';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { Timers } from './live/ports.ts';

/**
 * A process that has not heard for so long which sessions ended serves no account. Longer than MongoDB takes to elect another
 * primary (some 12 s), so that an election costs no buyer a hold; shorter than any use of an account that was shut out elsewhere.
 */
export const MAX_SILENCE_MS = 30 * SECOND_MS;
const RETRY_MS = 2 * SECOND_MS;

/** Whether this process still hears of sessions that end in others. */
export type Hearing = {
  readonly heard: () => void;
  readonly isLost: () => boolean;
};

/** A process that starts has MAX_SILENCE_MS to hear for the first time. */
export const createHearing = ({ nowMs }: Pick<Timers, 'nowMs'>): Hearing => {
  let heardAtMs = nowMs();
  return {
    heard: () => {
      heardAtMs = nowMs();
    },
    isLost: () => nowMs() - heardAtMs > MAX_SILENCE_MS,
  };
};

/**
 * Access tokens that are good only while this process hears of sessions that end. Most of what an account does needs MongoDB anyway;
 * holds need Redis alone, and would go on for as long as a token is valid. Throws `service.unreachable` besides what `inner` throws.
 */
export const whileHearing = (inner: AccessTokens, hearing: Hearing): AccessTokens => ({
  ...inner,
  verify: async (token) => {
    if (hearing.isLost()) throw new DomainError('service.unreachable', { retryAfterMs: RETRY_MS });
    return inner.verify(token);
  },
});

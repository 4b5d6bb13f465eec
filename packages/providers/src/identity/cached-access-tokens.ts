import { createHash } from 'node:crypto';
import { ACCESS_TOKEN_MS, type AccessClaims, type AccessTokens } from '@eventhorizon/core/identity/ports';
import { addMs, type Clock, MINUTE_MS } from '@eventhorizon/core/shared/clock';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { SessionId } from '@eventhorizon/core/shared/ids';
import { LRUCache } from 'lru-cache';

export type TokenCacheOptions = {
  readonly clock: Clock;
  /** Tokens remembered at most, about 300 bytes each; the least recently used goes first. */
  readonly maxTokens?: number;
};

/**
 * Access tokens with a memory of those verified, so that a signature is checked once a token and not once a request
 * (110 µs against 1 µs). Keyed by SHA-256, so that a heap dump holds no token. Never answers from memory for an expired
 * token, nor for a session that was forgotten in this process.
 */
export const cachedAccessTokens = (
  inner: AccessTokens,
  { clock, maxTokens = 50_000 }: TokenCacheOptions,
): AccessTokens => {
  const verified = new LRUCache<string, AccessClaims>({ max: maxTokens });
  /** Forgotten sessions, until their last access token has expired. In order of time, so old ones are at the front. */
  const forgotten = new Map<SessionId, Date>();

  const refuseForgotten = ({ sessionId }: AccessClaims): void => {
    if (forgotten.has(sessionId)) throw new DomainError('auth.session_ended', {});
  };

  return {
    issue: inner.issue,
    jwks: inner.jwks,
    verify: async (token) => {
      const key = createHash('sha256').update(token).digest('base64');
      const known = verified.get(key);
      if (known !== undefined) {
        if (known.expiresAt > clock.now()) {
          refuseForgotten(known);
          return known;
        }
        verified.delete(key);
      }
      const claims = await inner.verify(token);
      refuseForgotten(claims);
      verified.set(key, claims);
      return claims;
    },
    forgetSession: (sessionId) => {
      inner.forgetSession(sessionId);
      const now = clock.now();
      for (const [id, until] of forgotten) {
        if (until > now) break;
        forgotten.delete(id);
      }
      forgotten.delete(sessionId);
      // The minute is for a refresh that had read the session before it ended and issues a token after it.
      forgotten.set(sessionId, addMs(now, ACCESS_TOKEN_MS + MINUTE_MS));
    },
  };
};

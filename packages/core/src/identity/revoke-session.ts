import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import type { AccessTokens, SessionStore } from './ports.ts';

export const revokeSessionSchema = z.object({ sessionId: idSchema('ses') });
export type RevokeSession = z.output<typeof revokeSessionSchema> & { readonly userId: UserId };

export type RevokeSessionDeps = {
  readonly sessions: Pick<SessionStore, 'find' | 'end'>;
  readonly accessTokens: Pick<AccessTokens, 'forgetSession'>;
  readonly clock: Clock;
};

/** Ends one of the caller's sessions. Throws `thing.not_found`, for another's session as well. Doing it again changes nothing. */
export const revokeSession = async (
  { sessions, accessTokens, clock }: RevokeSessionDeps,
  { userId, sessionId }: RevokeSession,
): Promise<void> => {
  const session = await sessions.find(sessionId);
  if (session?.userId !== userId) throw new DomainError('thing.not_found', { thing: 'session' });
  await sessions.end(sessionId, 'revoked', clock.now());
  accessTokens.forgetSession(sessionId);
};

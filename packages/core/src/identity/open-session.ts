import type { IdSource, UserId } from '../shared/ids.ts';
import type { RefreshTokens, SessionStore } from './ports.ts';
import { type Session, type SessionOrigin, startSession } from './session.ts';

export type OpenSessionDeps = {
  readonly sessions: Pick<SessionStore, 'insert'>;
  readonly refreshTokens: Pick<RefreshTokens, 'newSalt'>;
  readonly ids: IdSource;
};

/** A stored session of its own for who has proved to be this account. */
export const openSession = async (
  { sessions, refreshTokens, ids }: OpenSessionDeps,
  userId: UserId,
  at: Date,
  { userAgent, network }: SessionOrigin,
): Promise<Session> => {
  const origin = { userAgent: userAgent ?? null, network: network ?? null };
  const session = startSession(ids.next('ses'), userId, refreshTokens.newSalt(), at, origin);
  await sessions.insert(session);
  return session;
};

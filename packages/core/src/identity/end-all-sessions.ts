import type { Clock } from '../shared/clock.ts';
import type { SessionId, UserId } from '../shared/ids.ts';
import type { AccessTokens, SessionStore } from './ports.ts';
import type { SessionEndReason } from './session.ts';

export type EndAllSessionsDeps = {
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly accessTokens: Pick<AccessTokens, 'forgetSession'>;
  readonly clock: Clock;
};

export type EndAllSessions = {
  readonly userId: UserId;
  readonly reason: SessionEndReason;
  /** This one goes on. */
  readonly except?: SessionId;
};

/** Ends every open session of an account, or all but one. Returns how many there were. */
export const endAllSessions = async (
  { sessions, accessTokens, clock }: EndAllSessionsDeps,
  { userId, reason, except }: EndAllSessions,
): Promise<number> => {
  const ended = await sessions.endAll(userId, reason, clock.now(), { except });
  for (const sessionId of ended) accessTokens.forgetSession(sessionId);
  return ended.length;
};

import type { Clock } from '../shared/clock.ts';
import type { SessionId } from '../shared/ids.ts';
import type { AccessTokens, SessionStore } from './ports.ts';

export type LogOutDeps = {
  readonly sessions: SessionStore;
  readonly accessTokens: AccessTokens;
  readonly clock: Clock;
};

/** `sessionId` is the one of the caller's access token, so nobody ends another's session. */
export type LogOut = { readonly sessionId: SessionId };

/**
 * Ends the session: its refresh tokens work no more, at once and everywhere; its access tokens no more in this process, and
 * elsewhere as soon as they hear of it (forgetEndedSessions). Doing it again changes nothing.
 */
export const logOut = async (deps: LogOutDeps, { sessionId }: LogOut): Promise<void> => {
  await deps.sessions.end(sessionId, 'logged_out', deps.clock.now());
  deps.accessTokens.forgetSession(sessionId);
};

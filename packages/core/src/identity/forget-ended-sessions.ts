import { addMs, type Clock, MINUTE_MS } from '../shared/clock.ts';
import { ACCESS_TOKEN_MS, type AccessTokens, type SessionStore } from './ports.ts';

export type ForgetEndedSessionsDeps = {
  readonly sessions: Pick<SessionStore, 'listEndedSince'>;
  readonly accessTokens: Pick<AccessTokens, 'forgetSession'>;
  readonly clock: Clock;
};

/** A process that starts hears of every end that an access token may have outlived. */
export const ENDED_SESSIONS_AT_START_MS = ACCESS_TOKEN_MS + MINUTE_MS;
/** Later it asks again for the last minute: clocks differ, and a write may become visible late. */
export const ENDED_SESSIONS_AGAIN_MS = MINUTE_MS;

/** This process refuses the access tokens of all sessions that ended within `withinMs`, in whatever process they ended. */
export const forgetEndedSessions = async (
  { sessions, accessTokens, clock }: ForgetEndedSessionsDeps,
  withinMs: number,
): Promise<void> => {
  for (const id of await sessions.listEndedSince(addMs(clock.now(), -withinMs)))
    accessTokens.forgetSession(id);
};

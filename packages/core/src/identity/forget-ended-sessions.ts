import { addMs, type Clock, MINUTE_MS } from '../shared/clock.ts';
import type { AccountAdministration } from './admins/ports.ts';
import { endAllSessions } from './end-all-sessions.ts';
import { ACCESS_TOKEN_MS, type AccessTokens, type SessionStore } from './ports.ts';

export type ForgetEndedSessionsDeps = {
  readonly sessions: Pick<SessionStore, 'listEndedSince' | 'endAll'>;
  readonly administration: Pick<AccountAdministration, 'listSuspendedSince'>;
  readonly accessTokens: Pick<AccessTokens, 'forgetSession'>;
  readonly clock: Clock;
};

/** A process that starts hears of every end that an access token may have outlived. */
export const ENDED_SESSIONS_AT_START_MS = ACCESS_TOKEN_MS + MINUTE_MS;
/** Later it asks again for the last minute: clocks differ, and a write may become visible late. */
export const ENDED_SESSIONS_AGAIN_MS = MINUTE_MS;

/**
 * This process refuses the access tokens of all sessions that ended within `withinMs`, in whatever process they ended. Ends first what
 * slipped past a suspension: a log-in that read the account before and stored its session beside the suspending transaction.
 */
export const forgetEndedSessions = async (deps: ForgetEndedSessionsDeps, withinMs: number): Promise<void> => {
  const since = addMs(deps.clock.now(), -withinMs);
  for (const userId of await deps.administration.listSuspendedSince(since))
    await endAllSessions(deps, { userId, reason: 'suspended' });
  for (const id of await deps.sessions.listEndedSince(since)) deps.accessTokens.forgetSession(id);
};

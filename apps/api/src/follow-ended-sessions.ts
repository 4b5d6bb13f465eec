import {
  ENDED_SESSIONS_AGAIN_MS,
  ENDED_SESSIONS_AT_START_MS,
  type ForgetEndedSessionsDeps,
  forgetEndedSessions,
} from '@eventhorizon/core/identity/forget-ended-sessions';

/** A session that ended anywhere is over here after this and one query. */
const EVERY_MS = 2_000;

/**
 * Hears of sessions that ended in other processes by asking the database: one query by index every 2 s, which a lost Redis
 * cannot silence. While the database is away the next turn asks for all that was missed. Returns how to stop it.
 */
export const followEndedSessions = (
  deps: ForgetEndedSessionsDeps,
  onError: (error: unknown) => void,
): (() => void) => {
  let withinMs = ENDED_SESSIONS_AT_START_MS;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const turn = async (): Promise<void> => {
    try {
      await forgetEndedSessions(deps, withinMs);
      withinMs = ENDED_SESSIONS_AGAIN_MS;
    } catch (error) {
      withinMs = ENDED_SESSIONS_AT_START_MS;
      if (!stopped) onError(error);
    }
    if (!stopped) timer = setTimeout(turn, EVERY_MS).unref();
  };
  void turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};

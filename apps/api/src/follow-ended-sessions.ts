import {
  ENDED_SESSIONS_AGAIN_MS,
  ENDED_SESSIONS_AT_START_MS,
  type ForgetEndedSessionsDeps,
  forgetEndedSessions,
} from '@eventhorizon/core/identity/forget-ended-sessions';
import type { Hearing } from './hearing.ts';
import type { Timers } from './live/ports.ts';

/** From the start of one look to that of the next. A session that ended anywhere is over here after this and one query. */
const EVERY_MS = 2_000;

export type FollowEndedSessionsDeps = ForgetEndedSessionsDeps & {
  readonly timers: Pick<Timers, 'nowMs' | 'after'>;
  readonly hearing: Pick<Hearing, 'heard'>;
};

/**
 * Hears of sessions that ended in other processes by asking the database: one query by index every 2 s, which a lost Redis
 * cannot silence. While the database is away the next turn asks for all that was missed, and `hearing` is lost after a while. Returns how to stop it.
 */
export const followEndedSessions = (
  deps: FollowEndedSessionsDeps,
  onError: (error: unknown) => void,
): (() => void) => {
  const { timers, hearing } = deps;
  let withinMs = ENDED_SESSIONS_AT_START_MS;
  let stopped = false;
  let callOff = (): void => undefined;
  const turn = async (): Promise<void> => {
    const begunMs = timers.nowMs();
    try {
      await forgetEndedSessions(deps, withinMs);
      hearing.heard();
      withinMs = ENDED_SESSIONS_AGAIN_MS;
    } catch (error) {
      withinMs = ENDED_SESSIONS_AT_START_MS;
      if (!stopped) onError(error);
    }
    const tookMs = timers.nowMs() - begunMs;
    if (!stopped) callOff = timers.after(Math.max(0, EVERY_MS - tookMs), () => void turn());
  };
  void turn();
  return () => {
    stopped = true;
    callOff();
  };
};

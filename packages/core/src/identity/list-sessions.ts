import type { Clock } from '../shared/clock.ts';
import type { SessionId, UserId } from '../shared/ids.ts';
import type { SessionStore } from './ports.ts';

export type ListSessionsDeps = { readonly sessions: Pick<SessionStore, 'listOpen'>; readonly clock: Clock };

/** A session as its owner sees it. */
export type SessionView = {
  readonly sessionId: SessionId;
  /** What the program called itself when it logged in; anybody can claim anything. */
  readonly userAgent: string | null;
  /** Where it was begun: an IPv4 address or an IPv6 network (/64). */
  readonly network: string | null;
  readonly createdAt: Date;
  /** The last log-in or refresh, so at most ACCESS_TOKEN_MS before the last request. */
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  /** The one that asks. */
  readonly current: boolean;
};

/** The caller's open sessions, the one used last first; at most MAX_LISTED_SESSIONS. */
export const listSessions = async (
  { sessions, clock }: ListSessionsDeps,
  { userId, sessionId }: { readonly userId: UserId; readonly sessionId: SessionId },
): Promise<SessionView[]> =>
  (await sessions.listOpen(userId, clock.now())).map(
    ({ id, userAgent, network, createdAt, lastUsedAt, expiresAt }) => ({
      sessionId: id,
      userAgent,
      network,
      createdAt,
      lastUsedAt,
      expiresAt,
      current: id === sessionId,
    }),
  );

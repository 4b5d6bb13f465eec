import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { decideRefresh } from './decide-refresh.ts';
import { type IssueTokensDeps, issueTokens, type LoggedIn } from './issue-tokens.ts';
import type { SessionStore, UserStore } from './ports.ts';
import { rotateSession, type Session } from './session.ts';
import type { User } from './user.ts';

export const refreshSessionSchema = z.object({ refreshToken: z.string().min(1).max(300) });
export type RefreshSession = z.output<typeof refreshSessionSchema>;

export type RefreshSessionDeps = IssueTokensDeps & {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly clock: Clock;
};

/** Who loses the compare-and-set finds its token replaced a moment ago, and repeats: the second round ends it. */
const MAX_ROUNDS = 3;

/** Started under another password. Such sessions are ended; this is for a process that died before it came to that. */
const isOutdated = (session: Session, { passwordChangedAt }: User): boolean =>
  passwordChangedAt !== null && session.createdAt < passwordChangedAt;

const ended = () => new DomainError('auth.session_ended', {});

/**
 * Exchanges a refresh token for its successor and a new access token. Parallel calls with one token, and a call whose
 * answer was lost, get the same successor (see decideRefresh). Throws `auth.session_ended`, whatever the reason, but `account.suspended` to
 * whom an admin has shut out.
 */
export const refreshSession = async (
  deps: RefreshSessionDeps,
  { refreshToken }: RefreshSession,
): Promise<LoggedIn> => {
  const claimed = deps.refreshTokens.read(refreshToken);
  if (claimed === null) throw ended();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const session = await deps.sessions.find(claimed.sessionId);
    // A forged token must not end the session it names, so authenticity comes before any decision.
    if (session === null || !deps.refreshTokens.isAuthentic(refreshToken, session, claimed.generation)) {
      throw ended();
    }
    const user = await deps.users.find(session.userId);
    if (user === null || isOutdated(session, user)) throw ended();
    // Its sessions have ended too; this one says why.
    if (user.suspension !== null) throw new DomainError('account.suspended', {});
    const now = deps.clock.now();
    const decision = decideRefresh(session, claimed, now);
    switch (decision.decision) {
      case 'rotate': {
        const rotated = rotateSession(session, now);
        if (await deps.sessions.saveRotation(rotated)) {
          return issueTokens(deps, user, rotated, rotated.generation);
        }
        break;
      }
      case 'repeat':
        return issueTokens(deps, user, session, decision.generation);
      case 'end':
        await deps.sessions.end(session.id, 'reused', now);
        deps.accessTokens.forgetSession(session.id);
        throw ended();
      case 'refuse':
        throw ended();
    }
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 500 });
};

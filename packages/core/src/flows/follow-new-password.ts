import type { MailTokenStore, SessionStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { SessionId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';

export type FollowNewPasswordDeps = NotifyDeps & {
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly mailTokens: Pick<MailTokenStore, 'dropAll'>;
};

/**
 * What follows from a new password, in its transaction: all sessions end, codes that were mailed for another one work no more,
 * and the owner is told. Returns the sessions, for this process to forget after the commit.
 */
export const followNewPassword = async (
  deps: FollowNewPasswordDeps,
  tx: Tx,
  userId: UserId,
  at: Date,
): Promise<readonly SessionId[]> => {
  const ended = await deps.sessions.endAll(userId, 'password_changed', at, { tx });
  await deps.mailTokens.dropAll(userId, 'reset_password', tx);
  await notify(deps, tx, { kind: 'password_changed', userId, occasion: at.toISOString() });
  return ended;
};

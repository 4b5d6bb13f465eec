import type { MailTokenStore, SessionStore, UserStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { SessionId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';

export type FollowNewPasswordDeps = NotifyDeps & {
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly users: Pick<UserStore, 'dropEmailWanted'>;
  readonly mailTokens: Pick<MailTokenStore, 'dropAll'>;
};

/**
 * What follows from a new password, in its transaction: all sessions end, codes that were mailed for another one work no more, another
 * address that was asked for is wanted no more (perhaps it was not the owner who asked), and the owner is told. Returns the sessions, for this process to forget after the commit.
 */
export const followNewPassword = async (
  deps: FollowNewPasswordDeps,
  tx: Tx,
  userId: UserId,
  at: Date,
): Promise<readonly SessionId[]> => {
  const ended = await deps.sessions.endAll(userId, 'password_changed', at, { tx });
  await deps.mailTokens.dropAll(userId, 'reset_password', tx);
  await deps.mailTokens.dropAll(userId, 'change_email', tx);
  await deps.users.dropEmailWanted(tx, userId);
  await notify(deps, tx, { kind: 'password_changed', userId, occasion: at.toISOString() });
  return ended;
};

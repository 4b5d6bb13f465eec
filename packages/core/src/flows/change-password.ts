import { z } from 'zod';
import type { LimitDeps } from '../identity/attempts.ts';
import { newPasswordSchema, presentedPasswordSchema } from '../identity/identity-schemas.ts';
import { type IssueTokensDeps, issueTokens, type LoggedIn } from '../identity/issue-tokens.ts';
import { refuseOwnName } from '../identity/new-password.ts';
import { openSession } from '../identity/open-session.ts';
import type { AccessTokens, PasswordHasher, SessionStore, UserStore } from '../identity/ports.ts';
import { provePassword } from '../identity/prove-password.ts';
import type { SessionOrigin } from '../identity/session.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { type FollowNewPasswordDeps, followNewPassword } from './follow-new-password.ts';

export const changePasswordSchema = z.object({
  oldPassword: presentedPasswordSchema,
  newPassword: newPasswordSchema,
});
export type ChangePassword = z.output<typeof changePasswordSchema> &
  SessionOrigin & { readonly userId: UserId };

export type ChangePasswordDeps = FollowNewPasswordDeps &
  IssueTokensDeps &
  LimitDeps & {
    readonly users: Pick<UserStore, 'find' | 'changePassword' | 'dropEmailWanted'>;
    readonly sessions: SessionStore;
    readonly accessTokens: Pick<AccessTokens, 'issue' | 'forgetSession'>;
    readonly hasher: PasswordHasher;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Another password for who knows the old one. All sessions end, also the caller's: the answer brings a new one. Codes that were
 * mailed for a new password work no more, and the owner is told by mail, all in one transaction; who dies before the answer's
 * session is stored logs in with the new password. Throws `account.wrong_password`, `account.suspended`, `input.invalid`,
 * `thing.not_found`, and `auth.too_many_attempts` before the hash.
 */
export const changePassword = async (
  deps: ChangePasswordDeps,
  { userId, oldPassword, newPassword, ...origin }: ChangePassword,
): Promise<LoggedIn> => {
  const user = await provePassword(deps, userId, oldPassword, (known) => refuseOwnName(known, newPassword));
  const hash = await deps.hasher.hash(newPassword);
  const now = deps.clock.now();
  const ended = await deps.unitOfWork.run(async (tx) => {
    // Whoever changed it meanwhile made the old password wrong.
    if (!(await deps.users.changePassword(userId, user.passwordHash, hash, now, tx)))
      throw new DomainError('account.wrong_password', {});
    return await followNewPassword(deps, tx, userId, now);
  });
  for (const sessionId of ended) deps.accessTokens.forgetSession(sessionId);
  const session = await openSession(deps, userId, now, origin);
  return issueTokens(deps, user, session, session.generation);
};

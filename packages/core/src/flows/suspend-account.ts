import { z } from 'zod';
import { type AccountView, accountViewOf } from '../identity/admins/account-view.ts';
import { type PerformActDeps, performAct } from '../identity/admins/perform-act.ts';
import { accountRefSchema, findAccount } from '../identity/find-account.ts';
import type { AccessTokens, MailTokenStore, SessionStore, UserStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { SessionId, UserId } from '../shared/ids.ts';
import { lineSchema } from '../shared/text.ts';

export const suspendAccountSchema = z.object({ account: accountRefSchema, reason: lineSchema(500) });
export type SuspendAccount = z.output<typeof suspendAccountSchema> & { readonly by: UserId };

export type SuspendAccountDeps = PerformActDeps &
  NotifyDeps & {
    readonly users: UserStore;
    readonly sessions: Pick<SessionStore, 'endAll'>;
    readonly mailTokens: Pick<MailTokenStore, 'dropAll'>;
    readonly accessTokens: Pick<AccessTokens, 'forgetSession'>;
  };

/**
 * Shuts an account out: all its sessions end in the same transaction, nobody logs in to it, and every process refuses its access
 * tokens as soon as it hears of it (forgetEndedSessions). Another address that was asked for is wanted no more: its code needs no log-in. What it holds lapses by itself, because nobody can check it out; what it has
 * booked stays its own, is finalized when the money comes, and its tickets admit. Throws `admin.is_admin`,
 * `admin.account_suspended`, `thing.not_found`, `admin.required`.
 */
export const suspendAccount = async (
  deps: SuspendAccountDeps,
  { by, account, reason }: SuspendAccount,
): Promise<AccountView> => {
  const { id: userId } = await findAccount(deps.users, account);
  let ended: readonly SessionId[] = [];
  await performAct(deps, { kind: 'account_suspended', by, userId, reason }, async (tx, user, at) => {
    if (user.isAdmin) throw new DomainError('admin.is_admin', {});
    if (user.suspension !== null) throw new DomainError('admin.account_suspended', {});
    if (!(await deps.administration.suspend(tx, userId, { at, by, reason }))) return false;
    ended = await deps.sessions.endAll(userId, 'suspended', at, { tx });
    await deps.users.dropEmailWanted(tx, userId);
    await deps.mailTokens.dropAll(userId, 'change_email', tx);
    await notify(deps, tx, { kind: 'account_suspended', userId, occasion: at.toISOString() });
    return true;
  });
  for (const sessionId of ended) deps.accessTokens.forgetSession(sessionId);
  return accountViewOf(await findAccount(deps.users, userId));
};

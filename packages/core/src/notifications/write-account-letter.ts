import { calledBy } from '../identity/called-by.ts';
import { MAIL_TOKEN_MS } from '../identity/mail-token.ts';
import type { MailTokenSource, MailTokenStore, UserStore } from '../identity/ports.ts';
import type { User } from '../identity/user.ts';
import { maskedEmail } from '../organizations/invitation.ts';
import { addMs } from '../shared/clock.ts';
import type { AccountNotice } from './notices/account-notice.ts';
import { type AccountMatter, accountLetterOf } from './templates/account-letter-of.ts';
import type { AccountLetter } from './templates/letter.ts';

export type AccountLetterDeps = {
  readonly users: Pick<UserStore, 'find'>;
  readonly mailTokens: Pick<MailTokenStore, 'insert'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'mint'>;
};

export type WrittenLetter = {
  readonly to: { readonly email: string; readonly name: string | null };
  readonly letter: AccountLetter;
};

/**
 * The letter for the owner of an account with a token of its own, of which only the hash is kept; null when there is nothing
 * to say any more. A letter that is sent again brings another token; each works until one was used.
 */
export const writeAccountLetter = async (
  deps: AccountLetterDeps,
  notice: AccountNotice,
  now: Date,
): Promise<WrittenLetter | null> => {
  const user = await deps.users.find(notice.userId);
  const email = user === null ? null : addressFor(notice, user);
  if (user === null || email === null) return null;
  const matter = await matterOf(deps, notice, user, now);
  return {
    to: { email, name: user.profile.name },
    letter: accountLetterOf({ name: calledBy(user), username: user.username, matter }),
  };
};

/** null: it is not true any more. */
const addressFor = ({ kind, occasion }: AccountNotice, user: User): string | null => {
  const { email, pendingEmail, formerEmail, suspension } = user;
  switch (kind) {
    case 'verify_email':
      return user.emailVerifiedAt === null ? email : null;
    case 'change_email':
      return pendingEmail?.email ?? null;
    case 'email_change_asked':
      return pendingEmail === null ? null : email;
    case 'email_changed':
      return formerEmail?.leftAt.toISOString() === occasion ? formerEmail.email : null;
    case 'reset_password':
    case 'password_changed':
      return email;
    case 'account_suspended':
      return suspension === null ? null : email;
    case 'account_reinstated':
      return suspension === null ? email : null;
  }
};

const matterOf = async (
  { mailTokens, mailTokenSource }: AccountLetterDeps,
  { kind }: AccountNotice,
  { id: userId, email, emailKey, pendingEmail }: User,
  now: Date,
): Promise<AccountMatter> => {
  if (kind === 'email_change_asked' || kind === 'email_changed')
    return { kind, other: maskedEmail(pendingEmail?.email ?? email) };
  if (kind !== 'verify_email' && kind !== 'change_email' && kind !== 'reset_password') return { kind };
  const { token, hash } = mailTokenSource.mint();
  await mailTokens.insert({
    hash,
    purpose: kind,
    userId,
    emailKey: kind === 'change_email' ? (pendingEmail?.emailKey ?? emailKey) : emailKey,
    expiresAt: addMs(now, MAIL_TOKEN_MS[kind]),
  });
  return { kind, token };
};

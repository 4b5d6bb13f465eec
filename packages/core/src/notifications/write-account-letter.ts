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
const addressFor = (notice: AccountNotice, user: User): string | null => {
  const { email, pendingEmail, suspension } = user;
  const isVerified = user.emailVerifiedAt !== null;
  switch (notice.kind) {
    case 'verify_email':
      return isVerified ? null : email;
    case 'change_email':
      return pendingEmail?.email ?? null;
    // An address that was never verified is a stranger's, perhaps, whom anybody could have mailed these over and over.
    case 'email_change_asked':
      return pendingEmail !== null && isVerified ? email : null;
    case 'password_changed':
      return isVerified ? email : null;
    case 'email_changed':
      return notice.to;
    case 'reset_password':
      return email;
    case 'account_suspended':
      return suspension === null ? null : email;
    case 'account_reinstated':
      return suspension === null ? email : null;
  }
};

const matterOf = async (
  { mailTokens, mailTokenSource }: AccountLetterDeps,
  notice: AccountNotice,
  { id: userId, email, emailKey, pendingEmail }: User,
  now: Date,
): Promise<AccountMatter> => {
  const { kind } = notice;
  if (kind === 'email_changed') return { kind, other: notice.masked };
  if (kind === 'email_change_asked') return { kind, other: maskedEmail(pendingEmail?.email ?? email) };
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

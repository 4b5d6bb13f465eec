import { calledBy } from '../identity/called-by.ts';
import { MAIL_TOKEN_MS } from '../identity/mail-token.ts';
import type { MailTokenSource, MailTokenStore, UserStore } from '../identity/ports.ts';
import type { User } from '../identity/user.ts';
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
  { users, mailTokens, mailTokenSource }: AccountLetterDeps,
  notice: AccountNotice,
  now: Date,
): Promise<WrittenLetter | null> => {
  const user = await users.find(notice.userId);
  if (user === null || !stillTrue(notice, user)) return null;
  const { kind } = notice;
  let matter: AccountMatter;
  if (kind === 'verify_email' || kind === 'reset_password') {
    const { token, hash } = mailTokenSource.mint();
    const expiresAt = addMs(now, MAIL_TOKEN_MS[kind]);
    await mailTokens.insert({ hash, purpose: kind, userId: user.id, emailKey: user.emailKey, expiresAt });
    matter = { kind, token };
  } else matter = { kind };
  return {
    to: { email: user.email, name: user.profile.name },
    letter: accountLetterOf({
      name: calledBy(user),
      username: user.username,
      matter,
    }),
  };
};

const stillTrue = ({ kind }: AccountNotice, user: User): boolean => {
  switch (kind) {
    case 'verify_email':
      return user.emailVerifiedAt === null;
    case 'reset_password':
    case 'password_changed':
      return true;
    case 'account_suspended':
      return user.suspension !== null;
    case 'account_reinstated':
      return user.suspension === null;
  }
};

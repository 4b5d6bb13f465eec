import type { CommandContext } from '../command-context.ts';
import { UsageError } from '../usage-error.ts';

/** Confirms the account's address by a mailed code, or has another code mailed. */
export const verify = async (
  { loggedIn, done }: CommandContext,
  code: string | undefined,
  { resend }: { readonly resend?: true },
): Promise<void> => {
  if ((code === undefined) === (resend === undefined))
    throw new UsageError('Give the code from the letter, or --resend to be mailed another.');
  const { api } = await loggedIn();
  if (code === undefined) {
    const { outcome } = await api.auth.requestVerification.mutate();
    done({ outcome }, outcome === 'mailed' ? 'A code is on its way.' : 'Your address is confirmed already.');
    return;
  }
  const account = await api.auth.verifyEmail.mutate({ token: code });
  done(account, `${account.email} is confirmed.`);
};

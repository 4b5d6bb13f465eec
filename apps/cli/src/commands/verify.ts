import type { CommandContext } from '../command-context.ts';
import { UsageError } from '../usage-error.ts';

/** Confirms an address by a mailed code, which needs no log-in, or has another code mailed. */
export const verify = async (
  { anonymous, loggedIn, done }: CommandContext,
  code: string | undefined,
  { resend }: { readonly resend?: true },
): Promise<void> => {
  if ((code === undefined) === (resend === undefined))
    throw new UsageError('Give the code from the letter, or --resend to be mailed another.');
  if (code === undefined) {
    const { outcome } = await (await loggedIn()).api.auth.requestVerification.mutate();
    done({ outcome }, outcome === 'mailed' ? 'A code is on its way.' : 'Your address is confirmed already.');
    return;
  }
  const account = await anonymous().api.auth.verifyEmail.mutate({ token: code });
  done(account, `${account.email} is confirmed.`);
};

import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { UsageError } from '../usage-error.ts';

/** Confirms an address by a mailed code, which needs no log-in, or has another code mailed. */
export const verify = async (
  { io, anonymous, loggedIn, print }: CommandContext,
  code: string | undefined,
  { resend }: { readonly resend?: true },
): Promise<void> => {
  if ((code === undefined) === (resend === undefined))
    throw new UsageError('Give the code from the letter, or --resend to be mailed another.');
  if (code === undefined) {
    const { outcome } = await (await loggedIn()).api.auth.requestVerification.mutate();
    print({ outcome }, () =>
      outcome === 'mailed'
        ? `${green(io, '✓')} A code is on its way.\n`
        : `${green(io, '✓')} Your address is confirmed already.\n`,
    );
    return;
  }
  const account = await anonymous().api.auth.verifyEmail.mutate({ token: code });
  print(account, () => `${green(io, '✓')} ${account.email} is confirmed.\n`);
};

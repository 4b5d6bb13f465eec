import type { CommandContext } from '../command-context.ts';
import { readPasswordChange, readPasswordReset } from '../read-password.ts';

type Options = { readonly passwordStdin?: true };

/** A new password by the old one; this machine stays logged in. */
export const changePassword = async (
  { io, loggedIn, done }: CommandContext,
  { passwordStdin }: Options,
): Promise<void> => {
  const client = await loggedIn();
  await client.changePassword(await readPasswordChange(io, passwordStdin === true));
  done({ changed: true }, 'You have a new password. Every other device is logged out.');
};

/** Has a code for a new password mailed. The answer is the same whether an account has the address or not. */
export const forgotPassword = async ({ anonymous, done }: CommandContext, email: string): Promise<void> => {
  await anonymous().api.auth.requestPasswordReset.mutate({ email });
  done(
    { email },
    'If an account has this address, a code is on its way there. Choose a new password with: eventhorizon password reset',
  );
};

/** A new password by a mailed code, which is asked for: whoever reads it among the arguments of a program could be faster. */
export const resetPassword = async (
  { io, url, credentials, anonymous, done }: CommandContext,
  { passwordStdin }: Options,
): Promise<void> => {
  const { code: token, newPassword } = await readPasswordReset(io, passwordStdin === true);
  await anonymous().api.auth.resetPassword.mutate({ token, newPassword });
  // The session kept here is over, if it was this account's; whose it was, nobody can tell any more.
  await credentials.save(url, null);
  done({ changed: true }, 'You have a new password. Log in with it: eventhorizon login');
};

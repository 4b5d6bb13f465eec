import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { readNewPassword, readPasswordChange } from '../read-password.ts';

type Options = { readonly passwordStdin?: true };

/** A new password by the old one; this machine stays logged in. */
export const changePassword = async (
  { io, loggedIn, print }: CommandContext,
  { passwordStdin }: Options,
): Promise<void> => {
  const client = await loggedIn();
  await client.changePassword(await readPasswordChange(io, passwordStdin === true));
  print(
    { changed: true },
    () => `${green(io, '✓')} You have a new password. Every other device is logged out.\n`,
  );
};

/** Has a code for a new password mailed. The answer is the same whether an account has the address or not. */
export const forgotPassword = async (
  { io, anonymous, print }: CommandContext,
  email: string,
): Promise<void> => {
  await anonymous().api.auth.requestPasswordReset.mutate({ email });
  print(
    { email },
    () =>
      `${green(io, '✓')} If an account has this address, a code is on its way there. Choose a new password with: eventhorizon password reset <code>\n`,
  );
};

/** A new password by a mailed code. */
export const resetPassword = async (
  { io, url, credentials, anonymous, print }: CommandContext,
  code: string,
  { passwordStdin }: Options,
): Promise<void> => {
  const newPassword = await readNewPassword(io, passwordStdin === true);
  await anonymous().api.auth.resetPassword.mutate({ token: code, newPassword });
  // Its session is over, if it was this account's.
  await credentials.save(url, null);
  print(
    { changed: true },
    () => `${green(io, '✓')} You have a new password. Log in with it: eventhorizon login\n`,
  );
};

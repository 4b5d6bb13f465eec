import type { CommandContext } from '../command-context.ts';
import { readNewPassword } from '../read-password.ts';

export type RegisterOptions = {
  readonly username: string;
  readonly email: string;
  readonly passwordStdin?: true;
};

/** Opens an account, logs in and keeps the tokens. */
export const register = async (
  { io, url, credentials, anonymous, done }: CommandContext,
  { username, email, passwordStdin }: RegisterOptions,
): Promise<void> => {
  const password = await readNewPassword(io, passwordStdin === true);
  const { account, accessToken, refreshToken } = await anonymous().register({ username, email, password });
  await credentials.save(url, { accessToken, refreshToken, username: account.username });
  done(
    { url, account },
    `Logged in at ${url} as ${account.username}.\n  A code is on its way to ${account.email}. Confirm it with: eventhorizon verify <code>`,
  );
};

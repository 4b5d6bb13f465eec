import { createInterface } from 'node:readline/promises';
import type { CommandContext } from '../command-context.ts';
import { readPassword } from '../read-password.ts';
import { UsageError } from '../usage-error.ts';

export type LoginOptions = { readonly username?: string; readonly passwordStdin?: true };

const askUsername = async ({ io }: CommandContext): Promise<string> => {
  if (io.stdin.isTTY !== true) throw new UsageError('Say who logs in with --username.');
  const reader = createInterface({ input: io.stdin, output: io.stderr });
  try {
    return (await reader.question('User name or e-mail address: ')).trim();
  } finally {
    reader.close();
  }
};

/** Logs in and keeps the tokens, readable by the user only. The password is never an argument. */
export const login = async (context: CommandContext, options: LoginOptions): Promise<void> => {
  const { io, url, credentials, anonymous, done } = context;
  const name = options.username ?? (await askUsername(context));
  const password = await readPassword(io, options.passwordStdin === true);
  const { account, accessToken, refreshToken } = await anonymous().logIn({ login: name, password });
  await credentials.save(url, { accessToken, refreshToken, username: account.username });
  done(
    { url, username: account.username, userId: account.id },
    `Logged in at ${url} as ${account.username}.`,
  );
};

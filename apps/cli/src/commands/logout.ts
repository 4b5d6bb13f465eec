import type { CommandContext } from '../command-context.ts';

/** Ends the session and forgets the tokens. Nobody logged in: nothing to do. */
export const logout = async ({ url, credentials, loggedIn, print }: CommandContext): Promise<void> => {
  if ((await credentials.find(url)) !== null) await (await loggedIn()).logOut();
  print({ url, loggedIn: false }, () => `Logged out of ${url}.\n`);
};

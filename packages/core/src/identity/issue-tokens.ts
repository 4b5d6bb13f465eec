import type { AccessTokens, RefreshTokens } from './ports.ts';
import type { Session } from './session.ts';
import { type Account, accountOf, type User } from './user.ts';

/** What a client keeps after logging in, and replaces after each refresh. */
export type IssuedTokens = {
  readonly accessToken: string;
  /** When to have refreshed by. */
  readonly accessTokenExpiresAt: Date;
  /** Works once; the answer brings the next. */
  readonly refreshToken: string;
};

export type LoggedIn = IssuedTokens & { readonly account: Account };

export type IssueTokensDeps = { readonly accessTokens: AccessTokens; readonly refreshTokens: RefreshTokens };

/** A fresh access token, and the refresh token of this generation of the session. */
export const issueTokens = async (
  { accessTokens, refreshTokens }: IssueTokensDeps,
  user: User,
  session: Session,
  generation: number,
): Promise<LoggedIn> => {
  const { token, expiresAt } = await accessTokens.issue({
    userId: user.id,
    sessionId: session.id,
    isAdmin: user.isAdmin,
  });
  return {
    account: accountOf(user),
    accessToken: token,
    accessTokenExpiresAt: expiresAt,
    refreshToken: refreshTokens.tokenOf(session, generation),
  };
};

import type { VisitorId } from '@eventhorizon/core/shared/ids';
import { generateCookie } from 'hono/cookie';
import { parse } from 'hono/utils/cookie';
import type { Asker } from './asker.ts';
import type { VisitorTokens } from './visitor-token.ts';

export const VISITOR_COOKIE = 'eh_visitor';
/** For typed clients that keep no cookies. */
export const VISITOR_HEADER = 'x-visitor';

const THIRTY_DAYS_S = 30 * 86_400;

/** The visitor that the cookie or the header proves; null without a valid proof. The header wins: somebody set it on purpose. */
export const visitorOf = ({ header }: Asker, tokens: VisitorTokens): VisitorId | null => {
  const token = header(VISITOR_HEADER) ?? parse(header('cookie') ?? '', VISITOR_COOKIE)[VISITOR_COOKIE];
  return token === undefined ? null : tokens.read(token);
};

/** A `Set-Cookie` that scripts cannot read and other sites' forms do not send. */
export const visitorCookie = (token: string, secure: boolean): string =>
  generateCookie(VISITOR_COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    path: '/',
    maxAge: THIRTY_DAYS_S,
  });

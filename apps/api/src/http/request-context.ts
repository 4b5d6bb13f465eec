import { DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import type { Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import type { ApiDeps } from '../api-deps.ts';
import type { Caller, Context } from '../trpc/context.ts';
import { addressOf, networkOf } from './address.ts';
import { type Asker, askerOf } from './asker.ts';
import type { HttpEnv } from './observe-requests.ts';
import { visitorCookie, visitorOf } from './visitor-cookie.ts';

/** A pass of a waiting room. */
export const PASS_HEADER = 'x-pass';

/** An asker whose request has its id and its logger. */
export type NamedAsker = Asker & { readonly requestId: string; readonly log: () => Logger };

export const namedAskerOf = (c: HonoContext<HttpEnv>): NamedAsker => ({
  ...askerOf(c),
  requestId: c.get('requestId'),
  log: c.get('log'),
});

const BEARER = /^Bearer (\S+)$/i;

const ANONYMOUS: Caller = { kind: 'anonymous' };

const callerOf = async (header: string, deps: ApiDeps): Promise<Caller> => {
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) return { kind: 'refused', error: new DomainError('auth.required', {}) };
  try {
    return { kind: 'account', ...(await deps.accessTokens.verify(token)) };
  } catch (error) {
    if (isDomainError(error)) return { kind: 'refused', error };
    throw error;
  }
};

/** The context of one request, for tRPC and the plain routes alike. `setCookie` puts a header on the answer to be. */
export const requestContext = async (
  asker: NamedAsker,
  deps: ApiDeps,
  setCookie: (cookie: string) => void,
): Promise<Context> => {
  const authorization = asker.header('authorization');
  return {
    deps,
    requestId: asker.requestId,
    log: asker.log,
    caller: authorization === undefined ? ANONYMOUS : await callerOf(authorization, deps),
    userAgent: asker.header('user-agent') ?? null,
    network: () => networkOf(addressOf(asker, deps.config.trustProxy)),
    visitorId: visitorOf(asker, deps.visitorTokens),
    passToken: asker.header(PASS_HEADER) ?? null,
    rememberVisitor: (token) => setCookie(visitorCookie(token, deps.config.secureCookies)),
  };
};

import { randomUUID } from 'node:crypto';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from 'pino';
import type { ApiDeps } from '../api-deps.ts';
import { addressOf } from './address.ts';
import { type Asker, askerOf } from './asker.ts';

/** What our middleware gives every route. */
export type HttpEnv = { Variables: { requestId: string; log: () => Logger } };

/** A caller's own request id is kept when it is short and plain: it goes into logs and into a header. */
const SANE_REQUEST_ID = /^[\w-]{8,64}$/;

/** The template of the route that answered; `unmatched` when none did, because addresses are without number. */
const routeOf = (c: HonoContext): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .findLast((path) => !path.endsWith('*')) ?? (c.req.path.startsWith('/trpc/') ? '/trpc/*' : 'unmatched');

/** The caller's own request id where it is sane; else a new one. */
export const requestIdOf = ({ header }: Asker): string => {
  const wanted = header('x-request-id');
  return wanted !== undefined && SANE_REQUEST_ID.test(wanted) ? wanted : randomUUID();
};

/** A logger that names the request; made when there is something to say, because most requests of a rush say nothing. */
export const childLogger = (logger: Logger, requestId: string): (() => Logger) => {
  let child: Logger | undefined;
  return () => {
    child ??= logger.child({ requestId });
    return child;
  };
};

/** Gives each request its id and its logger; afterwards one line in the log and one observation. */
export const observeRequests =
  ({ logger, metrics, config }: Pick<ApiDeps, 'logger' | 'metrics' | 'config'>): MiddlewareHandler<HttpEnv> =>
  async (c, next) => {
    const startedAt = performance.now();
    const requestId = requestIdOf(askerOf(c));
    const log = childLogger(logger, requestId);
    c.set('requestId', requestId);
    c.set('log', log);
    if (logger.isLevelEnabled('debug'))
      log().debug({ method: c.req.method, path: c.req.path, headers: c.req.header() }, 'request began');
    await next();
    c.header('x-request-id', requestId);
    const ms = performance.now() - startedAt;
    const route = routeOf(c);
    metrics.observeRequest(c.req.method, route, c.res.status, ms / 1_000);
    // The query is left out: tRPC puts the input of queries there.
    log().info(
      {
        method: c.req.method,
        path: c.req.path,
        route,
        status: c.res.status,
        ms: Math.round(ms * 10) / 10,
        address: addressOf(askerOf(c), config.trustProxy),
      },
      'request',
    );
  };

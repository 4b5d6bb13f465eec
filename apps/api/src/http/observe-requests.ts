import { randomUUID } from 'node:crypto';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from 'pino';
import type { ApiDeps } from '../api-deps.ts';
import { addressOf } from './address-of.ts';

/** What our middleware gives every route. */
export type HttpEnv = { Variables: { requestId: string; log: Logger } };

/** A caller's own request id is kept when it is short and plain: it goes into logs and into a header. */
const SANE_REQUEST_ID = /^[\w-]{8,64}$/;

/** The template of the route that answered; `unmatched` when none did, because addresses are without number. */
const routeOf = (c: HonoContext): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .findLast((path) => !path.endsWith('*')) ?? (c.req.path.startsWith('/trpc/') ? '/trpc/*' : 'unmatched');

/** Gives each request its id and its logger; afterwards one line in the log and one observation. */
export const observeRequests =
  ({ logger, metrics, config }: Pick<ApiDeps, 'logger' | 'metrics' | 'config'>): MiddlewareHandler<HttpEnv> =>
  async (c, next) => {
    const startedAt = performance.now();
    const wanted = c.req.header('x-request-id');
    const requestId = wanted !== undefined && SANE_REQUEST_ID.test(wanted) ? wanted : randomUUID();
    const log = logger.child({ requestId });
    c.set('requestId', requestId);
    c.set('log', log);
    log.debug({ method: c.req.method, path: c.req.path, headers: c.req.header() }, 'request began');
    await next();
    c.header('x-request-id', requestId);
    const ms = performance.now() - startedAt;
    const route = routeOf(c);
    metrics.observeRequest(c.req.method, route, c.res.status, ms / 1_000);
    // The query is left out: tRPC puts the input of queries there.
    log.info(
      {
        method: c.req.method,
        path: c.req.path,
        route,
        status: c.res.status,
        ms: Math.round(ms * 10) / 10,
        address: addressOf(c, config.trustProxy),
      },
      'request',
    );
  };

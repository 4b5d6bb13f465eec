import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { appRouter } from '../router/app-router.ts';
import type { HttpEnv } from './observe-requests.ts';
import { refusalMeta } from './refusal-meta.ts';
import { namedAskerOf, requestContext } from './request-context.ts';

/**
 * tRPC's own protocol under /trpc. One call a request: batches would hide Retry-After and the status of their parts, make the quick
 * wait for the slow, and multiply what one request may cost.
 */
export const trpcRoutes = (deps: ApiDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>().all('/trpc/*', (c) =>
    fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      allowBatching: false,
      createContext: ({ resHeaders }) =>
        requestContext(namedAskerOf(c), deps, (cookie) => resHeaders.append('set-cookie', cookie)),
      responseMeta: ({ errors }) => {
        const { status, headers } = refusalMeta(errors);
        return { ...(status !== undefined && { status }), headers };
      },
      // What procedures threw is logged where it is judged; this is for faults before one ran.
      onError: ({ error, path, ctx }) => {
        if (ctx === undefined)
          c.get('log')().error({ err: error.cause ?? error, path }, 'request not understood');
      },
    }),
  );

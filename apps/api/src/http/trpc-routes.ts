import { httpStatusOf } from '@eventhorizon/core/shared/error-mapping';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { appRouter } from '../router/app-router.ts';
import type { HttpEnv } from './observe-requests.ts';
import { retryAfterSeconds } from './problem.ts';
import { requestContext } from './request-context.ts';

/** The status and headers of a refusal: a tRPC code alone cannot say 410, nor when to come back. */
const metaOf = (errors: readonly TRPCError[]) => {
  const refusal = errors[0]?.cause;
  if (!isDomainError(refusal)) return {};
  const seconds = retryAfterSeconds(refusal);
  const headers = new Headers(seconds === null ? {} : { 'retry-after': String(seconds) });
  return { status: httpStatusOf[refusal.kind], headers };
};

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
        requestContext(c, deps, (cookie) => resHeaders.append('set-cookie', cookie)),
      responseMeta: ({ errors }) => metaOf(errors),
      // What procedures threw is logged where it is judged; this is for faults before one ran.
      onError: ({ error, path, ctx }) => {
        if (ctx === undefined)
          c.get('log').error({ err: error.cause ?? error, path }, 'request not understood');
      },
    }),
  );

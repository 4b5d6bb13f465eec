import { callTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { getErrorShape } from '@trpc/server/shared';
import { Hono, type Context as HonoContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ApiDeps } from '../api-deps.ts';
import { appRouter } from '../router/app-router.ts';
import type { HttpEnv } from './observe-requests.ts';
import { refusalMeta } from './refusal-meta.ts';
import { requestContext } from './request-context.ts';

/** What a rush consists of. */
const HOT = {
  'availability.get': 'query',
  'waitingRoom.join': 'mutation',
  'waitingRoom.look': 'query',
  'holds.place': 'mutation',
  'holds.extend': 'mutation',
  'holds.release': 'mutation',
  'bookings.checkout': 'mutation',
} as const;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', message: 'The input is not JSON.', cause });
  }
};

const readInput = async (c: HonoContext<HttpEnv>): Promise<unknown> =>
  parse(c.req.method === 'GET' ? (c.req.query('input') ?? '{}') : await c.req.text());

/** What tRPC's own handler is better left to: other content types, batches, preflights. */
const isPlainCall = (c: HonoContext<HttpEnv>): boolean =>
  c.req.query('batch') === undefined &&
  (c.req.method === 'GET' || c.req.header('content-type')?.startsWith('application/json') === true);

/**
 * The procedures of a rush in tRPC's own words, so that typed clients need not know, but past its request handling, which costs more than
 * the procedures do. That both answer the same is tested by comparison.
 */
export const hotTrpcRoutes = (deps: ApiDeps): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  for (const [path, type] of Object.entries(HOT))
    app.on(type === 'query' ? 'GET' : 'POST', `/trpc/${path}`, async (c, next) => {
      if (!isPlainCall(c)) return next();
      const ctx = await requestContext(c, deps, (cookie) => c.header('set-cookie', cookie, { append: true }));
      const { signal } = c.req.raw;
      const getRawInput = () => readInput(c);
      try {
        const call = { router: appRouter, path, type, ctx, getRawInput, signal, batchIndex: 0 };
        const data: unknown = await callTRPCProcedure(call);
        return c.json({ result: { data } });
      } catch (thrown) {
        const error = getTRPCErrorFromUnknown(thrown);
        const shape = getErrorShape({
          config: appRouter._def._config,
          error,
          type,
          path,
          input: undefined,
          ctx,
        });
        const { status, headers } = refusalMeta([error]);
        headers.forEach((value, name) => void c.header(name, value));
        // Statuses of refusals and of tRPC's codes all have bodies.
        return c.json(
          { error: shape },
          (status ?? getHTTPStatusCodeFromError(error)) as ContentfulStatusCode,
        );
      }
    });
  return app;
};

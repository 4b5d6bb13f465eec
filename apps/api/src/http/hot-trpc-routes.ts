import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { getErrorShape } from '@trpc/server/shared';
import { Hono, type Context as HonoContext } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { appRouter } from '../router/app-router.ts';
import { runnerOf } from '../trpc/runner-of.ts';
import { type HotFrame, jsonAnswer } from './hot-frame.ts';
import type { HttpEnv } from './observe-requests.ts';
import { readBody } from './read-body.ts';
import { refusalMeta } from './refusal-meta.ts';
import { requestContext } from './request-context.ts';

/** What a rush consists of. */
const HOT = {
  'availability.get': appRouter.availability.get,
  'waitingRoom.join': appRouter.waitingRoom.join,
  'waitingRoom.look': appRouter.waitingRoom.look,
  'holds.place': appRouter.holds.place,
  'holds.extend': appRouter.holds.extend,
  'holds.release': appRouter.holds.release,
  'bookings.checkout': appRouter.bookings.checkout,
} as const;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', message: 'The input is not JSON.', cause });
  }
};

/** What tRPC's own handler is better left to: other content types, batches, preflights. */
const isPlainCall = (c: HonoContext<HttpEnv>): boolean =>
  c.req.method === 'GET'
    ? c.req.query('batch') === undefined
    : c.req.header('content-type')?.startsWith('application/json') === true && !c.req.url.includes('?');

/**
 * The procedures of a rush in tRPC's own words, so that typed clients need not know, but past its request handling, which costs more than
 * the procedures do. That both answer the same is tested by comparison.
 */
export const hotTrpcRoutes = (
  deps: ApiDeps,
  frame: HotFrame,
  { bodyLimit }: { bodyLimit: number },
): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  for (const [path, procedure] of Object.entries(HOT)) {
    const { type } = procedure._def;
    const run = runnerOf(procedure, path);
    const route = `/trpc/${path}`;
    const readInput = async (c: HonoContext<HttpEnv>): Promise<string> =>
      type === 'query' ? (c.req.query('input') ?? '{}') : await readBody(c, bodyLimit);
    const answer = frame(route, async (c, setCookie) => {
      const ctx = await requestContext(c, deps, setCookie);
      const text = await readInput(c);
      try {
        return jsonAnswer({ result: { data: await run(ctx, async () => parse(text)) } });
      } catch (thrown) {
        const error = getTRPCErrorFromUnknown(thrown);
        const config = appRouter._def._config;
        const shape = getErrorShape({ config, error, type, path, input: undefined, ctx });
        const { status, headers } = refusalMeta([error]);
        const told = jsonAnswer({ error: shape }, status ?? getHTTPStatusCodeFromError(error));
        return { ...told, headers: { ...told.headers, ...Object.fromEntries(headers) } };
      }
    });
    app.on(type === 'query' ? 'GET' : 'POST', route, (c, next) => (isPlainCall(c) ? answer(c) : next()));
  }
  return app;
};

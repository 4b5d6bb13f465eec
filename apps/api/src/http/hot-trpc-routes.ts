import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { getErrorShape } from '@trpc/server/shared';
import { appRouter } from '../router/app-router.ts';
import { runnerOf } from '../trpc/runner-of.ts';
import { type HotRoute, jsonAnswer } from './hot-frame.ts';
import type { HotRequest } from './hot-request.ts';
import { refusalMeta } from './refusal-meta.ts';

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
const isPlainCall = ({ method, query, header, hasQuery }: HotRequest): boolean =>
  method === 'GET'
    ? query('batch') === undefined
    : header('content-type')?.startsWith('application/json') === true && !hasQuery;

/**
 * The procedures of a rush in tRPC's own words, so that typed clients need not know, but past its request handling, which costs more than
 * the procedures do. That both answer the same is tested by comparison.
 */
export const hotTrpcRoutes = ({ bodyLimit }: { readonly bodyLimit: number }): readonly HotRoute[] =>
  Object.entries(HOT).map(([path, procedure]): HotRoute => {
    const { type } = procedure._def;
    const run = runnerOf(procedure, path);
    const readInput = async ({ query, body }: HotRequest): Promise<string> =>
      type === 'query' ? (query('input') ?? '{}') : await body(bodyLimit);
    return {
      method: type === 'query' ? 'GET' : 'POST',
      route: `/trpc/${path}`,
      takes: isPlainCall,
      serve: async ({ ctx, request }) => {
        const text = await readInput(request);
        try {
          return jsonAnswer({ result: { data: await run(ctx, async () => parse(text)) } });
        } catch (thrown) {
          const error = getTRPCErrorFromUnknown(thrown);
          const config = appRouter._def._config;
          const shape = getErrorShape({ config, error, type, path, input: undefined, ctx });
          const { status, headers } = refusalMeta([error]);
          return jsonAnswer(
            { error: shape },
            status ?? getHTTPStatusCodeFromError(error),
            [...headers].flat(),
          );
        }
      },
    };
  });

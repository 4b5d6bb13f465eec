import type { ServerResponse } from 'node:http';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context as HonoContext } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ApiDeps } from '../api-deps.ts';
import { responseSink } from '../live/response-sink.ts';
import { type LiveInput, liveInput } from '../router/availability/live.ts';
import { inputError } from '../trpc/input-error.ts';
import { addressOf, networkOf } from './address.ts';
import { askerOf } from './asker.ts';
import type { HttpEnv } from './observe-requests.ts';

/** `no-transform` and `x-accel-buffering` keep proxies from collecting messages (nginx) or compressing the stream. */
const STREAM = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'close',
};

const outgoingOf = (c: HonoContext<HttpEnv>): ServerResponse | null =>
  ((c.env ?? {}) as Partial<HttpBindings>).outgoing ?? null;

/** The headers that other answers get from middleware, which does not see this one. */
const headersOf = async (c: HonoContext<HttpEnv>): Promise<Headers> => {
  await secureHeaders()(c, async () => undefined);
  const headers = new Headers(c.res.headers);
  for (const [name, value] of Object.entries(STREAM)) headers.set(name, value);
  headers.set('x-request-id', c.get('requestId'));
  return headers;
};

const lastIdOf = (c: HonoContext<HttpEnv>): string | undefined =>
  c.req.header('last-event-id') ?? c.req.query('lastEventId');

/** Connects the answer to the hub and returns at once; it goes on until either side ends it. Throws what the hub refuses. */
const stream = async (
  c: HonoContext<HttpEnv>,
  { live, config }: ApiDeps,
  outgoing: ServerResponse,
  { eventId, lastEventId }: LiveInput,
): Promise<Response> => {
  const headers = await headersOf(c);
  if (c.req.method === 'HEAD') return c.body(null, 200, STREAM);
  const leave = await live.join({
    eventId,
    lastId: lastEventId ?? null,
    address: networkOf(addressOf(askerOf(c), config.trustProxy)),
    sink: responseSink(outgoing, headers),
  });
  if (outgoing.destroyed) leave();
  else outgoing.once('close', leave);
  return RESPONSE_ALREADY_SENT;
};

const trpcInput = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

/**
 * Live availability as server-sent events (docs/live-seats.md): the plain route, and tRPC's address for the same procedure past its
 * request handling, so that all listeners share the bytes of a message. What is refused there is left to tRPC, to be said in its words.
 */
export const liveRoutes = (deps: ApiDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>()
    .get('/api/v1/events/:eventId/live', async (c) => {
      const input = liveInput.safeParse({ eventId: c.req.param('eventId'), lastEventId: lastIdOf(c) });
      if (!input.success) throw inputError(input.error);
      const outgoing = outgoingOf(c);
      if (outgoing === null) throw new Error('a live stream needs a connection');
      return stream(c, deps, outgoing, input.data);
    })
    .get('/trpc/availability.live', async (c, next) => {
      const input = liveInput.safeParse(trpcInput(c.req.query('input')));
      const outgoing = outgoingOf(c);
      if (!input.success || outgoing === null) return next();
      const lastEventId = lastIdOf(c) ?? input.data.lastEventId;
      try {
        return await stream(c, deps, outgoing, { ...input.data, lastEventId });
      } catch (error) {
        if (!isDomainError(error)) throw error;
        return next();
      }
    });

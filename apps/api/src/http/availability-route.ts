import type { Encoding } from '@eventhorizon/core/inventory/ports';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { page } from '../router/availability/page.ts';
import { runnerOf } from '../trpc/runner-of.ts';
import { isKnown, weak } from './etag.ts';
import type { HotFrame } from './hot-frame.ts';
import type { HttpEnv } from './observe-requests.ts';
import { requestContext } from './request-context.ts';

const ROUTE = '/api/v1/events/:eventId/availability';
const read = runnerOf(page, 'availability.page');

/** What fits into one packet gains nothing by being compressed, and goes to the socket together with its head as text. */
const SMALL_BYTES = 1_024;

/** gzip before brotli: it is made in a tenth of the time, and a version lives for a fraction of a second during a rush. */
const encodingFor = (accepted: string): Encoding => {
  const offers = accepted.split(',').map((part) => part.split(';', 1)[0]?.trim());
  if (offers.includes('gzip')) return 'gzip';
  return offers.includes('br') ? 'br' : 'identity';
};

/** Availability past tRPC's protocol: bytes that were compressed once a version, and 304 for who has that version. */
export const availabilityRoute = (deps: ApiDeps, frame: HotFrame): Hono<HttpEnv> =>
  new Hono<HttpEnv>().get(
    ROUTE,
    frame(ROUTE, async (c, setCookie) => {
      const ctx = await requestContext(c, deps, setCookie);
      const found = await read(ctx, async () => ({ eventId: c.req.param('eventId') }));
      const etag = weak(found.etag);
      const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding, Origin' };
      if (isKnown(c.req.header('if-none-match'), etag)) return { status: 304, body: null, headers };
      const plain = found.body('identity');
      if (plain.byteLength <= SMALL_BYTES)
        return {
          status: 200,
          body: Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString(),
          headers: { ...headers, 'content-type': 'application/json' },
        };
      const encoding = encodingFor(c.req.header('accept-encoding') ?? '');
      return {
        status: 200,
        // A copy of the view, not of the bytes: fetch's types know no shared buffers.
        body: new Uint8Array(found.body(encoding)),
        headers: {
          ...headers,
          'content-type': 'application/json',
          ...(encoding !== 'identity' && { 'content-encoding': encoding }),
        },
      };
    }),
  );

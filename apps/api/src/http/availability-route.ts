import type { Encoding } from '@eventhorizon/core/inventory/ports';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { page } from '../router/availability/page.ts';
import { t } from '../trpc/trpc.ts';
import { isKnown, weak } from './etag.ts';
import type { HttpEnv } from './observe-requests.ts';
import { requestContext } from './request-context.ts';

const createCaller = t.createCallerFactory(t.router({ availability: t.router({ page }) }));

/** gzip before brotli: it is made in a tenth of the time, and a version lives for a fraction of a second during a rush. */
const encodingFor = (accepted: string): Encoding => {
  const offers = accepted.split(',').map((part) => part.split(';', 1)[0]?.trim());
  if (offers.includes('gzip')) return 'gzip';
  return offers.includes('br') ? 'br' : 'identity';
};

/** Availability past tRPC's protocol: bytes that were compressed once a version, and 304 for who has that version. */
export const availabilityRoute = (deps: ApiDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>().get('/api/v1/events/:eventId/availability', async (c) => {
    const caller = createCaller(await requestContext(c, deps, () => undefined));
    const found = await caller.availability.page({ eventId: c.req.param('eventId') });
    const etag = weak(found.etag);
    const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
    if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    const encoding = encodingFor(c.req.header('accept-encoding') ?? '');
    // A copy of the view, not of the bytes: fetch's types know no shared buffers.
    return c.body(new Uint8Array(found.body(encoding)), 200, {
      ...headers,
      'content-type': 'application/json',
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    });
  });

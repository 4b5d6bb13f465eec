import type { DocumentKind } from '@eventhorizon/core/notifications/documents/document';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { document } from '../router/bookings/document.ts';
import { t } from '../trpc/trpc.ts';
import type { HttpEnv } from './observe-requests.ts';
import { namedAskerOf, requestContext } from './request-context.ts';

const createCaller = t.createCallerFactory(t.router({ bookings: t.router({ document }) }));

const PATHS = {
  'tickets.pdf': 'tickets',
  'receipt.pdf': 'receipt',
  'event.ics': 'calendar',
} as const satisfies Record<string, DocumentKind>;

/** `GET /api/v1/bookings/:bookingId/{tickets.pdf,receipt.pdf,event.ics}`: the documents of one's own booking as files. */
export const documentRoutes = (deps: ApiDeps): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  for (const [path, kind] of Object.entries(PATHS))
    app.get(`/api/v1/bookings/:bookingId/${path}`, async (c) => {
      const caller = createCaller(await requestContext(namedAskerOf(c), deps, () => undefined));
      const file = await caller.bookings.document({ bookingId: c.req.param('bookingId'), kind });
      // References are of letters, digits and a dash, so the name needs no quoting.
      return c.body(Uint8Array.from(Buffer.from(file.base64, 'base64')), 200, {
        'content-type': file.contentType,
        'content-disposition': `attachment; filename="${file.filename}"`,
        'cache-control': 'private, no-store',
      });
    });
  return app;
};

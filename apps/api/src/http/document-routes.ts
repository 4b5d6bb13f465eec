import type { DocumentKind } from '@eventhorizon/core/notifications/documents/document';
import type { TICKET_DOCUMENT_KINDS } from '@eventhorizon/core/notifications/documents/get-ticket-document';
import { Hono, type Context as HonoContext } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { document } from '../router/bookings/document.ts';
import { document as ticketDocument } from '../router/tickets/document.ts';
import { t } from '../trpc/trpc.ts';
import type { HttpEnv } from './observe-requests.ts';
import { namedAskerOf, requestContext } from './request-context.ts';

const createCaller = t.createCallerFactory(
  t.router({ bookings: t.router({ document }), tickets: t.router({ document: ticketDocument }) }),
);

const PATHS = {
  'tickets.pdf': 'tickets',
  'receipt.pdf': 'receipt',
  'event.ics': 'calendar',
} as const satisfies Record<string, DocumentKind>;

const TICKET_PATHS = {
  'ticket.pdf': 'tickets',
  'event.ics': 'calendar',
} as const satisfies Record<string, (typeof TICKET_DOCUMENT_KINDS)[number]>;

type File = { readonly filename: string; readonly contentType: string; readonly base64: string };

/** References are of letters, digits and a dash, so the name needs no quoting. */
const download = (c: HonoContext<HttpEnv>, file: File): Response =>
  c.body(Uint8Array.from(Buffer.from(file.base64, 'base64')), 200, {
    'content-type': file.contentType,
    'content-disposition': `attachment; filename="${file.filename}"`,
    'cache-control': 'private, no-store',
  });

/**
 * `GET /api/v1/bookings/:bookingId/{tickets.pdf,receipt.pdf,event.ics}`: the documents of one's own booking as files;
 * `GET /api/v1/tickets/:ticketId/{ticket.pdf,event.ics}`: those of a ticket that one holds, whoever paid.
 */
export const documentRoutes = (deps: ApiDeps): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  const callerOf = async (c: HonoContext<HttpEnv>) =>
    createCaller(await requestContext(namedAskerOf(c), deps, () => undefined));
  for (const [path, kind] of Object.entries(PATHS))
    app.get(`/api/v1/bookings/:bookingId/${path}`, async (c) => {
      const caller = await callerOf(c);
      return download(c, await caller.bookings.document({ bookingId: c.req.param('bookingId'), kind }));
    });
  for (const [path, kind] of Object.entries(TICKET_PATHS))
    app.get(`/api/v1/tickets/:ticketId/${path}`, async (c) => {
      const caller = await callerOf(c);
      return download(c, await caller.tickets.document({ ticketId: c.req.param('ticketId'), kind }));
    });
  return app;
};

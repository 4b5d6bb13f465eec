import {
  findLinkedDocument,
  type LinkedDocumentKind,
} from '@eventhorizon/core/notifications/documents/find-linked-document';
import { findLinkedTickets } from '@eventhorizon/core/notifications/find-linked-tickets';
import {
  messagePageHtml,
  type PageTicket,
  ticketPageHtml,
} from '@eventhorizon/core/notifications/templates/ticket-page-html';
import { TICKET_LINK_CODE } from '@eventhorizon/core/notifications/ticket-link';
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { addressOf, networkOf } from './address.ts';
import { askerOf } from './asker.ts';
import type { HttpEnv } from './observe-requests.ts';

const DOCUMENTS = {
  'tickets.pdf': 'tickets',
  'event.ics': 'calendar',
} as const satisfies Record<string, LinkedDocumentKind>;

/** The page may load nothing and run nothing, is kept nowhere, and tells no other site its address. */
const HEADERS = {
  'cache-control': 'private, no-store',
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};
const RETRY_AFTER_S = 10;

const say = (c: HonoContext, status: 404 | 429, title: string, text: string): Response =>
  c.html(messagePageHtml(title, text), status, HEADERS);

const nothing = (c: HonoContext): Response =>
  say(
    c,
    404,
    'This link opens nothing',
    'It may be mistyped, or the event is over. Your tickets are also in your account and in the e-mail that confirmed your booking.',
  );

/** With Redis away everybody is let through: a code cannot be guessed, and people stand at a gate. */
const isLetThrough = async (
  c: HonoContext<HttpEnv>,
  limit: ApiDeps['linkRateLimit'],
  whose: string,
): Promise<boolean> =>
  await limit.take(whose).catch((err: unknown) => {
    c.get('log')().warn({ err }, 'ticket links are not limited');
    return true;
  });

const tooMany = (c: HonoContext): Response => {
  c.header('retry-after', String(RETRY_AFTER_S));
  return say(c, 429, 'Too many at once', 'Wait a moment, then open the link again.');
};

/**
 * What cannot be a code is refused before anything is asked. What can be one is limited by itself and not by the address it comes from:
 * a whole hall stands behind one, and nobody there may keep the others from their tickets.
 */
const limitCode =
  ({
    linkRateLimit,
    linkSource,
  }: Pick<ApiDeps, 'linkRateLimit' | 'linkSource'>): MiddlewareHandler<HttpEnv> =>
  async (c, next) => {
    const code = c.req.param('code') ?? '';
    if (!TICKET_LINK_CODE.test(code)) return nothing(c);
    if (!(await isLetThrough(c, linkRateLimit, linkSource.hashOf(code)))) return tooMany(c);
    return await next();
  };

/** Only what opens nothing counts against its address. */
const missed = async (
  { linkMissLimit, config }: Pick<ApiDeps, 'linkMissLimit' | 'config'>,
  c: HonoContext<HttpEnv>,
): Promise<Response> => {
  const address = networkOf(addressOf(askerOf(c), config.trustProxy)) ?? 'unknown';
  return (await isLetThrough(c, linkMissLimit, address)) ? nothing(c) : tooMany(c);
};

/** `GET /t/:code` and its documents: what the link in an SMS opens. The code is all that is needed, so no log has it. */
export const ticketLinkRoutes = (deps: ApiDeps): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  app.use('/t/:code/*', limitCode(deps));
  app.get('/t/:code', async (c) => {
    const code = c.req.param('code');
    const linked = await findLinkedTickets(deps, code);
    if (linked === null) return await missed(deps, c);
    const tickets = await Promise.all(
      linked.tickets.map(async ({ code: qrCode, ...ticket }): Promise<PageTicket> => {
        const png = Buffer.from(await deps.qr.png(qrCode)).toString('base64');
        return { ...ticket, qr: `data:image/png;base64,${png}` };
      }),
    );
    return c.html(ticketPageHtml(linked.booking, tickets, `/t/${code}`, linked), 200, HEADERS);
  });
  for (const [path, kind] of Object.entries(DOCUMENTS))
    app.get(`/t/:code/${path}`, async (c) => {
      const file = await findLinkedDocument(deps, { code: c.req.param('code'), kind });
      if (file === null) return await missed(deps, c);
      return c.body(Uint8Array.from(file.content), 200, {
        ...HEADERS,
        'content-type': file.contentType,
        'content-disposition': `attachment; filename="${file.filename}"`,
      });
    });
  return app;
};

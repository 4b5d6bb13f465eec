import type { IncomingMessage } from 'node:http';
import type { Context as HonoContext } from 'hono';
import { getQueryParam } from 'hono/utils/url';
import { type Asker, askerOf } from './asker.ts';
import { readBody } from './read-body.ts';

/** What hot routes ask of a request, by whichever door it came. */
export type HotRequest = Asker & {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly hasQuery: boolean;
  readonly query: (name: string) => string | undefined;
  /** As text; '' without one. Throws BodyTooLarge. */
  readonly body: (maxBytes: number) => Promise<string>;
  /** All of them, for the log. */
  readonly headers: () => object;
};

export const honoRequest = (c: HonoContext): HotRequest => ({
  ...askerOf(c),
  method: c.req.method,
  path: c.req.path,
  hasQuery: c.req.url.includes('?'),
  query: (name) => c.req.query(name),
  body: (maxBytes) => readBody(c, maxBytes),
  headers: () => c.req.header(),
});

/** `body`: of a request that was read already, within its limit. */
export const nodeRequest = (incoming: IncomingMessage, body: string): HotRequest => {
  const { headers, method = 'GET', url = '' } = incoming;
  const end = url.indexOf('?');
  return {
    method,
    path: end < 0 ? url : url.slice(0, end),
    hasQuery: end >= 0,
    query: (name) => (end < 0 ? undefined : getQueryParam(url, name)?.toString()),
    body: async () => body,
    headers: () => headers,
    header: (name) => headers[name]?.toString(),
    peer: () => incoming.socket.remoteAddress ?? null,
  };
};

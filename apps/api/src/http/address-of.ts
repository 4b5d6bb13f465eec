import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context as HonoContext } from 'hono';

/** Who connected; behind a proxy that we trust, the address that this proxy saw (the last one of the list). */
export const addressOf = (c: HonoContext, trustProxy: boolean): string | undefined => {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded !== undefined && forwarded !== '') return forwarded;
  // Without a socket (tests call the app in process) there is no connection to ask.
  return 'incoming' in (c.env ?? {}) ? getConnInfo(c).remote.address : undefined;
};

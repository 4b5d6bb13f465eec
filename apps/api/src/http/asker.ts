import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context as HonoContext } from 'hono';

/** What a request tells of who asks, by whichever door it came. */
export type Asker = {
  /** By its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The address at the other end of the connection; null without one: tests call the app in process. */
  readonly peer: () => string | null;
};

export const askerOf = (c: HonoContext): Asker => ({
  header: (name) => c.req.header(name),
  peer: () => ('incoming' in (c.env ?? {}) ? (getConnInfo(c).remote.address ?? null) : null),
});

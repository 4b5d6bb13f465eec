import { Hono } from 'hono';
import type { HotFrame, HotRoute } from './hot-frame.ts';
import { honoRequest } from './hot-request.ts';
import type { HttpEnv } from './observe-requests.ts';

const pairsOf = (flat: readonly string[]): [string, string][] =>
  flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as [string, string]] : []));

/** Hot routes for requests that are the web's own objects: those of tests in process, and those that node-door.ts leaves alone. */
export const honoDoor = (routes: readonly HotRoute[], frame: HotFrame): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  for (const hot of routes)
    app.on(hot.method, hot.route, async (c, next) => {
      const request = honoRequest(c);
      if (hot.takes?.(request) === false) return next();
      const { status, body, headers } = await frame(hot, request, c.req.param());
      return new Response(body, { status, headers: pairsOf(headers) });
    });
  return app;
};

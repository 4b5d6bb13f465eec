import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpEnv } from './observe-requests.ts';
import { bodyTooLarge, respondProblem } from './problem.ts';

/**
 * Refuses bodies of more than `maxBytes` with 413. Where the length is declared, the body is not touched: a stream that was looked at and
 * then not read (a refused token) makes @hono/node-server 2.1.8 close the connection half a second later, under the next request.
 * Bodies of undeclared length are counted by Hono's own middleware.
 */
export const limitBody = (maxBytes: number): MiddlewareHandler<HttpEnv> => {
  const tooLarge = (c: HonoContext<HttpEnv>) => respondProblem(c, 413, bodyTooLarge(maxBytes));
  const counted = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return async (c, next) => {
    const declared = c.req.header('content-length');
    // A GET has no body; asking for one would make the web's own Request of it.
    if (declared === undefined) return c.req.method === 'GET' ? next() : counted(c, next);
    if (Number(declared) > maxBytes) return tooLarge(c);
    return next();
  };
};

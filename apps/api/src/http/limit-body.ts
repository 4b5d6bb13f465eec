import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { HttpEnv } from './observe-requests.ts';
import { respondProblem } from './problem.ts';

const MIB = 1024 * 1024;

/**
 * Refuses bodies of more than `maxBytes` with 413. Where the length is declared, the body is not touched: a stream that was looked at and
 * then not read (a refused token) makes @hono/node-server 2.1.8 close the connection half a second later, under the next request.
 * Bodies of undeclared length are counted by Hono's own middleware.
 */
export const limitBody = (maxBytes: number): MiddlewareHandler<HttpEnv> => {
  const tooLarge = (c: HonoContext<HttpEnv>) =>
    respondProblem(c, 413, {
      code: 'body.too_large',
      kind: 'invalid',
      message: `The body is larger than ${maxBytes / MIB} MiB. Send less.`,
      details: { maxBytes },
    });
  const counted = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return async (c, next) => {
    const declared = c.req.header('content-length');
    if (declared === undefined) return counted(c, next);
    if (Number(declared) > maxBytes) return tooLarge(c);
    return next();
  };
};

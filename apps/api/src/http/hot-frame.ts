import type { Context as HonoContext } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { addressOf } from './address.ts';
import { ANSWER_HEADERS } from './answer-headers.ts';
import { createLineBudget } from './line-budget.ts';
import { childLogger, type HttpEnv, requestIdOf } from './observe-requests.ts';
import { problemOf } from './problem.ts';

/** An answer before anything of the web's own objects is made of it. */
export type HotAnswer = {
  readonly status: number;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Lines a second that a process spends on hot answers; errors of ours and slow answers are logged in any case. */
const LINES_PER_SECOND = 50;
const SLOW_MS = 500;

const JSON_TYPE = { 'content-type': 'application/json' } as const;

export const jsonAnswer = (value: unknown, status = 200): HotAnswer => ({
  status,
  body: JSON.stringify(value),
  headers: JSON_TYPE,
});

export type HotFrame = (
  route: string,
  serve: (c: HonoContext<HttpEnv>, setCookie: (cookie: string) => void) => Promise<HotAnswer>,
) => (c: HonoContext<HttpEnv>) => Promise<Response>;

/**
 * What the app's middleware does for every route (request id, secure headers, CORS, problems, metrics, log), in one go and without objects
 * that @hono/node-server would then have to take apart: it writes a Response of plain parts to the socket as it is. Preflights and whatever no hot route
 * matches go through the middleware.
 */
export const hotFrame = ({ logger, metrics, config }: ApiDeps): HotFrame => {
  const mayLog = createLineBudget(LINES_PER_SECOND);
  const isTalkative = logger.isLevelEnabled('debug');
  const origins = new Set(config.corsOrigins);

  return (route, serve) => async (c) => {
    const startedAt = performance.now();
    const { method, path } = c.req;
    const requestId = requestIdOf(c);
    const log = childLogger(logger, requestId);
    c.set('requestId', requestId);
    c.set('log', log);
    if (isTalkative) log().debug({ method, path, headers: c.req.header() }, 'request began');

    let cookie: string | undefined;
    let answer: HotAnswer;
    try {
      answer = await serve(c, (value) => {
        cookie = value;
      });
    } catch (error) {
      const { status, body, retryAfter } = problemOf(error, requestId, log);
      answer = jsonAnswer(body, status);
      if (retryAfter !== null)
        answer = { ...answer, headers: { ...JSON_TYPE, 'retry-after': String(retryAfter) } };
    }
    const { status, body } = answer;
    const headers: Record<string, string> = {
      ...ANSWER_HEADERS,
      ...answer.headers,
      'x-request-id': requestId,
    };
    const origin = c.req.header('origin');
    if (origin !== undefined && origins.has(origin)) headers['access-control-allow-origin'] = origin;
    if (cookie !== undefined) headers['set-cookie'] = cookie;

    const ms = performance.now() - startedAt;
    metrics.observeRequest(method, route, status, ms / 1_000);
    const leftOut = isTalkative || status >= 500 || ms >= SLOW_MS ? 0 : mayLog();
    if (leftOut !== null)
      log().info(
        {
          method,
          path,
          route,
          status,
          ms: Math.round(ms * 10) / 10,
          address: addressOf(c, config.trustProxy),
          ...(leftOut > 0 && { leftOut }),
        },
        'request',
      );
    return new Response(body, { status, headers });
  };
};

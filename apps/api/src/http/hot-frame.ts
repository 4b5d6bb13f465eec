import type { ApiDeps } from '../api-deps.ts';
import type { Context } from '../trpc/context.ts';
import { addressOf } from './address.ts';
import { ANSWER_HEADERS, VARY } from './answer-headers.ts';
import type { HotRequest } from './hot-request.ts';
import { createLineBudget } from './line-budget.ts';
import { childLogger, requestIdOf } from './observe-requests.ts';
import { problemOf } from './problem.ts';
import { requestContext } from './request-context.ts';

/** Name, value, name, value: what Node writes without asking further. */
export type FlatHeaders = readonly string[];

export type HotAnswer = {
  readonly status: number;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  readonly headers?: FlatHeaders;
  /** Instead of the usual one. */
  readonly vary?: string;
};

export type HotCall = {
  readonly ctx: Context;
  readonly request: HotRequest;
  /** What stands in the address for the names of the template. */
  readonly params: Readonly<Record<string, string>>;
};

export type HotRoute = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A template: `/api/v1/events/:eventId/holds`. */
  readonly route: string;
  /** Whether it answers this request; absent: any. What it does not answer is the general app's. */
  readonly takes?: (request: HotRequest) => boolean;
  readonly serve: (call: HotCall) => Promise<HotAnswer>;
};

/** An answer with all its headers. */
export type FramedAnswer = Required<Pick<HotAnswer, 'status' | 'body' | 'headers'>>;

/** Serves a request that a route takes. Never rejects: what was thrown is an answer too. */
export type HotFrame = (
  route: HotRoute,
  request: HotRequest,
  params: HotCall['params'],
) => Promise<FramedAnswer>;

/** Lines a second that a process spends on hot answers; errors of ours and slow answers are logged in any case. */
const LINES_PER_SECOND = 50;
const SLOW_MS = 500;

export const JSON_TYPE: FlatHeaders = ['content-type', 'application/json'];

export const jsonAnswer = (value: unknown, status = 200, headers: FlatHeaders = []): HotAnswer => ({
  status,
  body: JSON.stringify(value),
  headers: [...JSON_TYPE, ...headers],
});

const ALWAYS: FlatHeaders = Object.entries(ANSWER_HEADERS).flat();

/**
 * What the app's middleware does for every route (request id, secure headers, CORS, problems, metrics, log), in one go and from plain parts,
 * for both doors. Preflights and whatever no hot route takes go through the middleware.
 */
export const hotFrame = (deps: ApiDeps): HotFrame => {
  const { logger, metrics, config } = deps;
  const mayLog = createLineBudget(LINES_PER_SECOND);
  const isTalkative = logger.isLevelEnabled('debug');
  const origins = new Set(config.corsOrigins);

  return async ({ route, serve }, request, params) => {
    const startedAt = performance.now();
    const { method, path, header, peer } = request;
    const requestId = requestIdOf(request);
    const log = childLogger(logger, requestId);
    if (isTalkative) log().debug({ method, path, headers: request.headers() }, 'request began');

    let cookie: string | undefined;
    let answer: HotAnswer;
    try {
      const ctx = await requestContext({ header, peer, requestId, log }, deps, (value) => {
        cookie = value;
      });
      answer = await serve({ ctx, request, params });
    } catch (error) {
      const { status, body, retryAfter } = problemOf(error, requestId, log);
      answer = jsonAnswer(body, status, retryAfter === null ? [] : ['retry-after', String(retryAfter)]);
    }
    const { status, body } = answer;
    const headers = [...ALWAYS, 'vary', answer.vary ?? VARY, 'x-request-id', requestId];
    if (answer.headers !== undefined) headers.push(...answer.headers);
    const origin = header('origin');
    if (origin !== undefined && origins.has(origin)) headers.push('access-control-allow-origin', origin);
    if (cookie !== undefined) headers.push('set-cookie', cookie);

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
          address: addressOf(request, config.trustProxy),
          ...(leftOut > 0 && { leftOut }),
        },
        'request',
      );
    return { status, body, headers };
  };
};

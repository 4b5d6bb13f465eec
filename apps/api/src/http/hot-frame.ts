import type { Logger } from 'pino';
import type { ApiDeps } from '../api-deps.ts';
import type { Context } from '../trpc/context.ts';
import { addressOf } from './address.ts';
import { CORS_HEADERS, HOT_HEADERS, VARY } from './answer-headers.ts';
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
  /** An answer that needs neither caller nor wait; null: `serve` has to see. It counts what it answers as the procedure would. */
  readonly atHand?: (call: Pick<HotCall, 'request' | 'params'>, deps: ApiDeps) => HotAnswer | null;
  readonly serve: (call: HotCall) => Promise<HotAnswer>;
};

/** An answer with all its headers. */
export type FramedAnswer = Required<Pick<HotAnswer, 'status' | 'body' | 'headers'>>;

/** Serves a request that a route takes: at once where the answer is at hand. Never throws or rejects: what was thrown is an answer too. */
export type HotFrame = (
  route: HotRoute,
  request: HotRequest,
  params: HotCall['params'],
) => FramedAnswer | Promise<FramedAnswer>;

/** Lines a second that a process spends on hot answers; errors of ours and slow answers are logged in any case. */
const LINES_PER_SECOND = 50;
const SLOW_MS = 500;

export const JSON_TYPE: FlatHeaders = ['content-type', 'application/json'];

export const jsonAnswer = (value: unknown, status = 200, headers: FlatHeaders = []): HotAnswer => ({
  status,
  body: JSON.stringify(value),
  headers: [...JSON_TYPE, ...headers],
});

const ALWAYS: FlatHeaders = Object.entries(HOT_HEADERS).flat();
const FOR_OTHER_ORIGINS: FlatHeaders = Object.entries(CORS_HEADERS).flat();

/** One request between its arrival and its answer. */
type Visit = {
  readonly hot: HotRoute;
  readonly request: HotRequest;
  readonly startedAt: number;
  readonly requestId: string;
  readonly log: () => Logger;
  /** Set while it is served. */
  cookie?: string;
};

/**
 * What the app's middleware does for every route (request id, secure headers, CORS, problems, metrics, log), in one go and from plain parts,
 * for both doors. Preflights and whatever no hot route takes go through the middleware.
 */
export const hotFrame = (deps: ApiDeps): HotFrame => {
  const { logger, metrics, config } = deps;
  const mayLog = createLineBudget(LINES_PER_SECOND);
  const isTalkative = logger.isLevelEnabled('debug');
  const origins = new Set(config.corsOrigins);

  const problemAnswer = (error: unknown, { requestId, log }: Visit): HotAnswer => {
    const { status, body, retryAfter } = problemOf(error, requestId, log);
    return jsonAnswer(body, status, retryAfter === null ? [] : ['retry-after', String(retryAfter)]);
  };

  const observe = ({ hot: { route }, request, log }: Visit, status: number, ms: number): void => {
    const { method, path } = request;
    metrics.observeRequest(method, route, status, ms / 1_000);
    const leftOut = isTalkative || status >= 500 || ms >= SLOW_MS ? 0 : mayLog();
    if (leftOut === null) return;
    const address = addressOf(request, config.trustProxy);
    const line = { method, path, route, status, ms: Math.round(ms * 10) / 10, address };
    log().info({ ...line, ...(leftOut > 0 && { leftOut }) }, 'request');
  };

  const framed = (visit: Visit, { status, body, headers: own, vary = VARY }: HotAnswer): FramedAnswer => {
    const headers = [...ALWAYS, 'vary', vary, 'x-request-id', visit.requestId];
    if (own !== undefined) headers.push(...own);
    const origin = visit.request.header('origin');
    if (origin !== undefined) {
      headers.push(...FOR_OTHER_ORIGINS);
      if (origins.has(origin)) headers.push('access-control-allow-origin', origin);
    }
    if (visit.cookie !== undefined) headers.push('set-cookie', visit.cookie);
    observe(visit, status, performance.now() - visit.startedAt);
    return { status, body, headers };
  };

  const serve = async (visit: Visit, params: HotCall['params']): Promise<FramedAnswer> => {
    const { hot, request, requestId, log } = visit;
    let answer: HotAnswer;
    try {
      const asker = { header: request.header, peer: request.peer, requestId, log };
      const ctx = await requestContext(asker, deps, (cookie) => {
        visit.cookie = cookie;
      });
      answer = await hot.serve({ ctx, request, params });
    } catch (error) {
      answer = problemAnswer(error, visit);
    }
    return framed(visit, answer);
  };

  return (hot, request, params) => {
    const requestId = requestIdOf(request);
    const log = childLogger(logger, requestId);
    const visit: Visit = { hot, request, startedAt: performance.now(), requestId, log };
    if (isTalkative) {
      const { method, path } = request;
      log().debug({ method, path, headers: request.headers() }, 'request began');
    }
    const answer = hot.atHand?.({ request, params }, deps) ?? null;
    return answer === null ? serve(visit, params) : framed(visit, answer);
  };
};

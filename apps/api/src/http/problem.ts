import { httpStatusOf } from '@eventhorizon/core/shared/error-mapping';
import { type DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Context as HonoContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from 'pino';
import type { HttpEnv } from './observe-requests.ts';
import { BodyTooLarge } from './read-body.ts';

/** Whole seconds (RFC 9110 §10.2.3) after which asking again makes sense; null when waiting does not help. */
export const retryAfterSeconds = (error: DomainError): number | null =>
  'retryAfterMs' in error.details ? Math.max(1, Math.ceil(error.details.retryAfterMs / 1_000)) : null;

/** The body of every answer of the plain routes that is not a success. */
export type Problem = {
  readonly error: {
    readonly code: string;
    readonly kind: string;
    readonly message: string;
    readonly details: unknown;
    readonly requestId: string;
  };
};

/** A problem with what else its answer needs. */
type ProblemAnswer = {
  readonly status: number;
  readonly body: Problem;
  /** Seconds. */
  readonly retryAfter: number | null;
};

type Told = Omit<Problem['error'], 'requestId'>;

/** What an error is answered with. What procedures threw has been logged where it was judged; anything else is logged here. */
export const problemOf = (error: unknown, requestId: string, log: () => Logger): ProblemAnswer => {
  const tell = (status: number, told: Told, retryAfter: number | null = null): ProblemAnswer => ({
    status,
    body: { error: { ...told, requestId } },
    retryAfter,
  });
  const refusal = error instanceof TRPCError && isDomainError(error.cause) ? error.cause : error;
  if (isDomainError(refusal)) {
    const { code, kind, message, details } = refusal;
    return tell(httpStatusOf[kind], { code, kind, message, details }, retryAfterSeconds(refusal));
  }
  if (error instanceof BodyTooLarge) return tell(413, bodyTooLarge(error.maxBytes));
  if (error instanceof TRPCError)
    return tell(getHTTPStatusCodeFromError(error), {
      code: error.code.toLowerCase(),
      kind: error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : 'invalid',
      message: error.message,
      details: {},
    });
  log().error({ err: error }, 'request failed');
  return tell(500, {
    code: 'internal',
    kind: 'internal',
    message: `Something went wrong on our side. If it happens again, tell us this request id: ${requestId}.`,
    details: {},
  });
};

const MIB = 1024 * 1024;

export const bodyTooLarge = (maxBytes: number): Told => ({
  code: 'body.too_large',
  kind: 'invalid',
  message: `The body is larger than ${maxBytes / MIB} MiB. Send less.`,
  details: { maxBytes },
});

export const respondProblem = (c: HonoContext<HttpEnv>, status: number, problem: Told): Response => {
  const body: Problem = { error: { ...problem, requestId: c.get('requestId') } };
  // Statuses come from closed tables, all of them with a body.
  return c.json(body, status as ContentfulStatusCode);
};

/** For `app.onError`. */
export const respondError = (error: Error, c: HonoContext<HttpEnv>): Response => {
  const { status, body, retryAfter } = problemOf(error, c.get('requestId'), c.get('log'));
  if (retryAfter !== null) c.header('retry-after', String(retryAfter));
  return c.json(body, status as ContentfulStatusCode);
};

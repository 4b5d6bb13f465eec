import { httpStatusOf } from '@eventhorizon/core/shared/error-mapping';
import { type DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Context as HonoContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { HttpEnv } from './observe-requests.ts';

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

export const respondProblem = (
  c: HonoContext<HttpEnv>,
  status: number,
  problem: Omit<Problem['error'], 'requestId'>,
): Response => {
  const body: Problem = { error: { ...problem, requestId: c.get('requestId') } };
  // Statuses come from closed tables, all of them with a body.
  return c.json(body, status as ContentfulStatusCode);
};

/** A refusal as a plain answer: the status of its kind, and Retry-After where waiting helps. */
export const respondRefusal = (c: HonoContext<HttpEnv>, error: DomainError): Response => {
  const seconds = retryAfterSeconds(error);
  if (seconds !== null) c.header('retry-after', String(seconds));
  const { code, kind, message, details } = error;
  return respondProblem(c, httpStatusOf[kind], { code, kind, message, details });
};

/** For `app.onError`: what procedures threw has been logged where it was judged; anything else is logged here. */
export const respondError = (error: Error, c: HonoContext<HttpEnv>): Response => {
  if (error instanceof TRPCError && isDomainError(error.cause)) return respondRefusal(c, error.cause);
  if (isDomainError(error)) return respondRefusal(c, error);
  if (error instanceof TRPCError) {
    const kind = error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : 'invalid';
    return respondProblem(c, getHTTPStatusCodeFromError(error), {
      code: error.code.toLowerCase(),
      kind,
      message: error.message,
      details: {},
    });
  }
  c.get('log').error({ err: error }, 'request failed');
  return respondProblem(c, 500, {
    code: 'internal',
    kind: 'internal',
    message: `Something went wrong on our side. If it happens again, tell us this request id: ${c.get('requestId')}.`,
    details: {},
  });
};

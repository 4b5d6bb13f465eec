import type { ErrorKind } from './error-kinds.ts';

/** Names of tRPC's error codes (TRPC_ERROR_CODES_BY_KEY of @trpc/server/rpc); core does not import tRPC. */
export const trpcCodeOf = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  // tRPC has no code for 410. The HTTP status below is the one that plain routes send; `data.domain` tells both apart.
  gone: 'PRECONDITION_FAILED',
  limited: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorKind, string>;

/** Status codes of RFC 9110 (429: RFC 6585), for plain HTTP routes. */
export const httpStatusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  limited: 429,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>;

/**
 * Exit codes of the command line. 0 is success, 1 an error that is no refusal (a bug, no network), 2 wrong usage
 * (the shell's convention); refusals start at 10 so that scripts can tell them from both.
 */
export const exitCodeOf = {
  invalid: 10,
  unauthenticated: 11,
  forbidden: 12,
  not_found: 13,
  conflict: 14,
  gone: 15,
  limited: 16,
  unavailable: 17,
} as const satisfies Record<ErrorKind, number>;

/**
 * What the worker does with a row whose handler was refused. `retry`: the reason passes by itself, so wait and run again.
 * `drop`: running again gives the same answer; the row is closed as failed and told to an operator. Whatever is no
 * DomainError is a bug or a broken connection: it is retried by the job's policy.
 */
export const workerDecisionOf = {
  invalid: 'drop',
  unauthenticated: 'drop',
  forbidden: 'drop',
  not_found: 'drop',
  conflict: 'drop',
  gone: 'drop',
  limited: 'retry',
  unavailable: 'retry',
} as const satisfies Record<ErrorKind, 'retry' | 'drop'>;

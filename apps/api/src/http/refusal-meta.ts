import { httpStatusOf } from '@eventhorizon/core/shared/error-mapping';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { TRPCError } from '@trpc/server';
import { retryAfterSeconds } from './problem.ts';

/** The status and headers of a refusal over tRPC: a tRPC code alone cannot say 410, nor when to come back. */
export const refusalMeta = (
  errors: readonly TRPCError[],
): { readonly status: number | undefined; readonly headers: Headers } => {
  const refusal = errors[0]?.cause;
  const headers = new Headers();
  if (!isDomainError(refusal)) return { status: undefined, headers };
  const seconds = retryAfterSeconds(refusal);
  if (seconds !== null) headers.set('retry-after', String(seconds));
  return { status: httpStatusOf[refusal.kind], headers };
};

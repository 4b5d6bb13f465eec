import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from './app-router.ts';

type ErrorData = NonNullable<TRPCClientError<AppRouter>['data']>;

/** A refusal of the API, a union by `code`: once the code is tested, `details` has its type. */
export type ApiRefusal = NonNullable<ErrorData['domain']>;

/** The refusal that an error of this client carries; null for bugs, broken connections and errors of other origin. */
export const domainErrorOf = (error: unknown): ApiRefusal | null => {
  if (!(error instanceof TRPCClientError)) return null;
  // The class cannot know its router at run time; this client talks to this API only.
  const data = error.data as ErrorData | null | undefined;
  return data?.domain ?? null;
};

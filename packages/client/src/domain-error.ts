import type { AppRouter } from '@eventhorizon/api/router/app-router';
import { TRPCClientError } from '@trpc/client';

type ErrorData = NonNullable<TRPCClientError<AppRouter>['data']>;

/** A refusal of the API, a union by `code`: once the code is tested, `details` has its type. */
export type ApiRefusal = NonNullable<ErrorData['domain']>;

/** A plain route's answer that is not a success. `refusal` is null for bugs and faults of the protocol. */
export class PlainCallError extends Error {
  override readonly name = 'PlainCallError';
  readonly status: number;
  readonly refusal: ApiRefusal | null;
  readonly requestId: string | null;

  constructor(
    message: string,
    facts: { status: number; refusal: ApiRefusal | null; requestId: string | null },
  ) {
    super(message);
    this.status = facts.status;
    this.refusal = facts.refusal;
    this.requestId = facts.requestId;
  }
}

/** The refusal that an error of this client carries; null for bugs, broken connections and errors of other origin. */
export const domainErrorOf = (error: unknown): ApiRefusal | null => {
  if (error instanceof PlainCallError) return error.refusal;
  if (!(error instanceof TRPCClientError)) return null;
  // The class cannot know its router at run time; this client talks to this API only.
  const data = error.data as ErrorData | null | undefined;
  return data?.domain ?? null;
};

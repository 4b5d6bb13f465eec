import { DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import type { TRPCError } from '@trpc/server';
import { inputError, isInputFault } from './input-error.ts';

const OUTAGE_RETRY_MS = 1_000;

/**
 * The refusal behind a failed procedure: a DomainError as it was thrown, an input fault, or a database that cannot be reached.
 * null for everything else: a bug of ours, or a fault of the protocol.
 */
export const refusalOf = (error: TRPCError, isOutage: (cause: unknown) => boolean): DomainError | null => {
  const { code, cause } = error;
  if (isDomainError(cause)) return cause;
  if (isInputFault(code, cause)) return inputError(cause);
  if (isOutage(cause))
    return new DomainError('service.unreachable', { retryAfterMs: OUTAGE_RETRY_MS }, { cause });
  return null;
};

import { DomainError } from '@eventhorizon/core/shared/errors';

/** How long a caller should wait when Redis does not answer. */
export const REDIS_RETRY_MS = 1_000;

const OUTAGE =
  /Command timed out|Command aborted|Connection is closed|max retries per request|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Stream isn't writeable|^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|OOM|MISCONF|NOREPLICAS|UNBLOCKED)\b/i;

/**
 * Redis down, slow or read-only is `service.unreachable` for the caller: whether the command happened is not known, and every
 * command may be asked again. Anything else is a bug and passes through.
 */
export const asOutage = (error: unknown): unknown =>
  error instanceof Error && OUTAGE.test(error.message)
    ? new DomainError('service.unreachable', { retryAfterMs: REDIS_RETRY_MS }, { cause: error })
    : error;

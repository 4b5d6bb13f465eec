import { setTimeout as sleep } from 'node:timers/promises';
import { domainErrorOf } from '@eventhorizon/client/domain-error';

const TRIES = 20;

/**
 * Makes a call that may be repeated (every hold and checkout may) again while the service says that it cannot answer now, as a good
 * client does: after as long as it was told to wait.
 */
export const insistently = async <T>(call: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      const refusal = domainErrorOf(error);
      if (refusal?.kind !== 'unavailable' || tried >= TRIES) throw error;
      await sleep('retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : 1_000);
    }
  }
};

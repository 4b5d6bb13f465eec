import { setTimeout as sleep } from 'node:timers/promises';
import { domainErrorOf } from '@eventhorizon/client/domain-error';

const TRIES = 20;
/** A conversion that nobody finishes ends after 60 s. */
const CONVERTING_MS = 3_500;

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
      if (refusal === null || tried >= TRIES) throw error;
      // An earlier try of ours may have been given up at the deadline, and still be at work.
      if (refusal.code === 'hold.converting') await sleep(CONVERTING_MS);
      else if (refusal.kind === 'unavailable')
        await sleep('retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : 1_000);
      else throw error;
    }
  }
};

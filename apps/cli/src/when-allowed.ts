import { setTimeout as sleep } from 'node:timers/promises';
import { domainErrorOf } from '@eventhorizon/client/domain-error';
import { insistently } from '@eventhorizon/client/insistently';
import { dim, type Io } from './io.ts';

/**
 * Asks again while the API says that we ask for too many documents at once, after as long as it tells, and says so on standard error; and
 * for a while when it is busy with those of others, so that a list of many parts does not end in its midst.
 */
export const whenAllowed = async <T>(io: Io, call: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await insistently(call);
    } catch (error) {
      const refusal = domainErrorOf(error);
      if (refusal?.code !== 'document.too_many') throw error;
      const { retryAfterMs } = refusal.details;
      io.stderr.write(
        `${dim(io, `going on in ${Math.ceil(retryAfterMs / 1_000)} s, so that others get theirs`)}\n`,
      );
      await sleep(retryAfterMs);
    }
  }
};

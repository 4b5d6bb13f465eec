import { setTimeout as sleep } from 'node:timers/promises';
import { domainErrorOf } from '@eventhorizon/client/domain-error';
import { dim, type Io } from './io.ts';

/** Asks again while the API says that we ask for too many documents at once, after as long as it tells; says so on standard error. */
export const whenAllowed = async <T>(io: Io, call: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await call();
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

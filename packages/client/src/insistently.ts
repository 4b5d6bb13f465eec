import { domainErrorOf } from './domain-error.ts';

export type InsistOptions = {
  /** How often it is asked at most, the first time included. */
  readonly tries?: number;
  readonly pause?: (ms: number) => Promise<void>;
};

/** A conversion that nobody finishes ends after 60 s; 20 tries are longer than that. */
const CONVERTING_MS = 3_500;
const TRIES = 20;
const BUSY_MS = 1_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long to wait before the same is asked again; null when that is of no use. */
const waitMs = (error: unknown): number | null => {
  const refusal = domainErrorOf(error);
  if (refusal === null) return null;
  // An earlier try of ours, whose answer we did not get, may still be at work.
  if (refusal.code === 'hold.converting') return CONVERTING_MS;
  if (refusal.kind !== 'unavailable') return null;
  return 'retryAfterMs' in refusal.details ? refusal.details.retryAfterMs : BUSY_MS;
};

/**
 * Makes a call that may be repeated (every hold and checkout may: their ids are yours) again while the service says that it cannot answer
 * now, after as long as it was told to wait, or that this hold is being checked out. Throws what will not pass by itself, and after
 * `tries` the last refusal:
 *
 *     const { booking } = await insistently(() => client.api.bookings.checkout.mutate(command));
 */
export const insistently = async <T>(
  call: () => Promise<T>,
  { tries = TRIES, pause = sleep }: InsistOptions = {},
): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      const wait = waitMs(error);
      if (wait === null || tried >= tries) throw error;
      await pause(wait);
    }
  }
};

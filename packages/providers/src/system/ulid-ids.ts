import type { Clock } from '@eventhorizon/core/shared/clock';
import type { Id, IdPrefix, IdSource } from '@eventhorizon/core/shared/ids';
import { monotonicFactory } from 'ulid';

/**
 * Ids from the clock and the system's random generator. Within one source each id is greater than the one before, also in
 * one millisecond and when the clock steps back. They are names, never secrets: the next one can be guessed.
 */
export const ulidIds = (clock: Clock): IdSource => {
  const next = monotonicFactory();
  return {
    next: <P extends IdPrefix>(prefix: P) =>
      `${prefix}_${next(clock.now().getTime()).toLowerCase()}` as Id<P>,
  };
};

import { addMs, SECOND_MS } from '../../shared/clock.ts';
import type { ChangePlace } from './event-change.ts';

/**
 * MongoDB ends any transaction after 60 s, or sooner where transactionLifetimeLimitSeconds is lower: what has read the event before it was
 * changed is in by then, or never will be.
 */
export const CHECKOUT_OVER_MS = 65 * SECOND_MS;

/** So many rounds in a row have to find nothing, each further from the one before than a checkout can last. */
export const IDLE_ROUNDS = 2;

export type RoundEnd =
  | { readonly do: 'finish' }
  | ({ readonly do: 'again' } & Pick<ChangePlace, 'idleRounds' | 'restUntil'>);

/** What follows a round that has come to its end. After one that did something the next begins at once. */
export const nextRound = ({ touched, idleRounds }: ChangePlace, now: Date): RoundEnd => {
  if (touched > 0) return { do: 'again', idleRounds: 0, restUntil: null };
  return idleRounds + 1 >= IDLE_ROUNDS
    ? { do: 'finish' }
    : { do: 'again', idleRounds: idleRounds + 1, restUntil: addMs(now, CHECKOUT_OVER_MS) };
};

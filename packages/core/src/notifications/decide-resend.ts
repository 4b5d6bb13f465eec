import { addMs, DAY_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { Requester } from './email-correction.ts';

/** A letter that was sent again. */
export type Resent = { readonly number: number; readonly by: Requester; readonly at: Date };

/** Letters sent again within a day, of one booking: each side has its own, so that neither uses up the other's. */
export const MAX_RESENT_A_DAY: { readonly [R in Requester]: number } = { buyer: 5, organizer: 20 };

/**
 * The number of the next letter that is sent again. Numbers are unique in a booking, so of two requests at once one decides again and
 * sees the other. Throws `notification.too_many`. Pure; `resent` are the booking's latest, in any order, all those of a day among them.
 */
export const decideResend = (resent: readonly Resent[], by: Requester, now: Date): number => {
  const limit = MAX_RESENT_A_DAY[by];
  const recent = resent
    .filter((one) => one.by === by && addMs(one.at, DAY_MS) > now)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const oldest = recent.at(-limit);
  if (oldest !== undefined)
    throw new DomainError('notification.too_many', {
      limit,
      retryAfterMs: addMs(oldest.at, DAY_MS).getTime() - now.getTime(),
    });
  return 1 + Math.max(0, ...resent.map(({ number }) => number));
};

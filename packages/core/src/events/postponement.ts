import { addMs, DAY_MS } from '../shared/clock.ts';
import type { UserId } from '../shared/ids.ts';
import type { WallTime } from '../shared/wall-time.ts';

/** The show takes place at another time than tickets were sold for. The last such change; earlier ones are told by their records (EventChange). */
export type Postponement = {
  readonly at: Date;
  readonly by: UserId;
  /** Shown to buyers; null: none was given. */
  readonly reason: string | null;
  /** The start that was given up. */
  readonly from: WallTime & { readonly at: Date };
  /** The latest start that tickets were ever sold for: terms that count from the start do not shrink when it is moved forward. */
  readonly latestStart: Date;
  /** Until then, that instant included, who bought before gets everything back, whatever the refund policy says. */
  readonly fullRefundUntil: Date;
};

/** As an event has it, or has not. */
type PutOff = { readonly postponement?: Postponement };

/** What everybody may read of it. */
export type PublicPostponement = Omit<Postponement, 'by'>;

export const DEFAULT_REFUND_DAYS = 14;
export const MAX_REFUND_DAYS = 365;

/** Until when a booking made at `bookedAt` is refunded in full, because the event is not what was bought; null: it is as it was bought. */
export const fullRefundUntil = ({ postponement }: PutOff, bookedAt: Date): Date | null =>
  postponement === undefined || bookedAt > postponement.at ? null : postponement.fullRefundUntil;

/**
 * The end of the window that opens now: never sooner than one that is open already, and, where the new start is known, not after it.
 */
export const refundWindow = (
  { postponement }: PutOff,
  days: number,
  now: Date,
  startsAt: Date | null,
): Date => {
  const until = Math.max(addMs(now, days * DAY_MS).getTime(), postponement?.fullRefundUntil.getTime() ?? 0);
  return new Date(startsAt === null ? until : Math.min(until, startsAt.getTime()));
};

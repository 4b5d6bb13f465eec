import type { Booking } from '../bookings/booking.ts';
import type { NotifyDeps } from '../notifications/notify.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';
import { noticeOf } from './tell-of-change.ts';

export type TellLateDeps = NotifyDeps & Pick<SaleDeps, 'changes'>;

/**
 * Whoever gets tickets for a postponed event after the word of it went round hears of it as well, once. Said as part of `tx`, beside what brings
 * the tickets; nothing when the event has another date by now.
 */
export const tellLateOfPostponement = async (deps: TellLateDeps, tx: Tx, booking: Booking): Promise<void> => {
  const change = await deps.changes.findLatest(booking.eventId);
  if (change?.kind !== 'postponed') return;
  await notifyBuyers(deps, tx, [{ notice: noticeOf(change, booking), buyer: booking.buyer }]);
};

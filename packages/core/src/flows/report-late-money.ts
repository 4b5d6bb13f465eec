import type { Booking, LateMoneyOutcome } from '../bookings/booking.ts';
import type { Money } from '../shared/money.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';

/** Money came after the end of a booking, and this is how it was settled: for an organizer to read. */
export const reportLateMoney = (
  deps: Pick<SaleDeps, 'incidents' | 'ids' | 'clock'>,
  tx: Tx,
  booking: Booking,
  outcome: LateMoneyOutcome,
  { amount, currency }: Money,
): Promise<void> =>
  openIncident(deps, tx, booking, 'late_money', `late:${booking.id}`, {
    outcome,
    amount,
    currency,
    was: booking.status,
  });

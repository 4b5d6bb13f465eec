import type { Booking } from '../bookings/booking.ts';
import { HOUR_MS } from '../shared/clock.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { openIncident } from './open-incident.ts';
import type { SaleDeps } from './sale-deps.ts';

/** A card is decided in seconds; a bank debit in days. So long after checkout an organizer is told that places wait for it. */
export const STUCK_AFTER_MS = 6 * HOUR_MS;

const keyOf = ({ id }: Pick<Booking, 'id'>): string => `stuck:${id}`;

/** A bank has not decided: after a while that is for a person to know, once. Nothing waits for a booking whose units were freed by force. */
export const reportStuck = async (
  deps: Pick<SaleDeps, 'unitOfWork' | 'incidents' | 'ids' | 'clock'>,
  booking: Booking,
): Promise<void> => {
  const waited = deps.clock.now().getTime() - booking.createdAt.getTime();
  if (booking.status === 'expired' || waited < STUCK_AFTER_MS) return;
  const { total, lines } = booking;
  await deps.unitOfWork.run((tx) =>
    openIncident(deps, tx, booking, 'payment_stuck', keyOf(booking), {
      amount: total.amount,
      currency: total.currency,
      units: lines.length,
      since: booking.createdAt.toISOString(),
    }),
  );
};

/** The bank has decided, or nobody waits for it any more. */
export const settleStuck = async (
  { incidents, clock }: Pick<SaleDeps, 'incidents' | 'clock'>,
  tx: Tx,
  booking: Pick<Booking, 'id' | 'status'>,
  how: string,
): Promise<void> => {
  // While it could be paid nobody has reported it.
  if (booking.status !== 'pending') await incidents.resolveByKey(tx, keyOf(booking), how, clock.now());
};

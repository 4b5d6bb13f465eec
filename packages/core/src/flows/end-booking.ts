import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';

export type EndBookingDeps = Pick<SaleDeps, 'outbox' | 'clock' | 'bookings' | 'claims' | 'buyerLimits'>;

/**
 * closing -> expired | cancelled, and everything the booking had is free again: claims, what they counted against the
 * person's limit, the copy in Redis. false, and nothing freed, when the booking is not closing any more.
 */
export const endBooking = async (
  { outbox, clock, bookings, claims, buyerLimits }: EndBookingDeps,
  tx: Tx,
  booking: Booking,
  to: 'expired' | 'cancelled',
): Promise<boolean> => {
  const { id, eventId, revision } = booking;
  const person = personOf(booking);
  const now = clock.now();
  if (!(await bookings.markEnded(tx, id, to, now))) return false;
  const freed = await claims.deleteOwned(tx, eventId, id);
  if (person !== null) await buyerLimits.lower(tx, eventId, person, freed.length);
  await outbox.add(tx, [
    {
      job: 'inventory.follow_claims',
      payload: { eventId, owner: id, person, change: 'free', unitIds: freed },
      dueAt: now,
      // By revision: rebooked by late money it may end again, and each end frees what it freed.
      key: `free:${id}:${revision}`,
    },
  ]);
  return true;
};

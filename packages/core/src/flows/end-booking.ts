import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { type FreeUnitsDeps, freeUnits } from './free-units.ts';
import type { SaleDeps } from './sale-deps.ts';

export type EndBookingDeps = FreeUnitsDeps & Pick<SaleDeps, 'bookings'>;

/** closing -> expired | cancelled, and everything the booking had is free again. false, and nothing freed, when it is not closing any more. */
export const endBooking = async (
  deps: EndBookingDeps,
  tx: Tx,
  booking: Booking,
  to: 'expired' | 'cancelled',
): Promise<boolean> => {
  const { id, eventId, revision } = booking;
  if (!(await deps.bookings.markEnded(tx, id, to, deps.clock.now()))) return false;
  // By revision: rebooked by late money it may end again, and each end frees what it freed.
  await freeUnits(deps, tx, { eventId, owner: id, person: personOf(booking), key: `${revision}` });
  return true;
};

import { DomainError } from '../shared/errors.ts';
import type { BookingId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Booking } from './booking.ts';
import type { BookingStore } from './ports.ts';

/** Who asks: the account that bought, or the organization that sells (its right to read bookings is checked before). */
export type BookingReader = { readonly userId: UserId } | { readonly organizationId: OrganizationId };

/** One booking, for its buyer or its seller. For anybody else it is `thing.not_found`, like one that does not exist. */
export const getBooking = async (
  { bookings }: { readonly bookings: Pick<BookingStore, 'find'> },
  { bookingId, reader }: { readonly bookingId: BookingId; readonly reader: BookingReader },
): Promise<Booking> => {
  const booking = await bookings.find(bookingId);
  const allowed =
    booking !== null &&
    ('userId' in reader
      ? booking.userId === reader.userId
      : booking.organizationId === reader.organizationId);
  if (!allowed) throw new DomainError('thing.not_found', { thing: 'booking' });
  return booking;
};

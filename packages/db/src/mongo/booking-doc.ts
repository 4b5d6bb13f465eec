import type { Booking } from '@eventhorizon/core/bookings/booking';
import { searchKeysOf } from '@eventhorizon/core/bookings/search-keys';
import { type DocOf, fromDoc, toDoc } from './collection.ts';

/** `keys`: what it is found by (search-keys.ts); of no interest to who reads a booking. */
export type BookingDoc = DocOf<Booking> & { keys?: string[] | undefined };

export const docOf = (booking: Booking): BookingDoc => ({
  ...toDoc(booking),
  keys: searchKeysOf(booking.buyer),
});
export const bookingOf = ({ keys: _unused, ...doc }: BookingDoc): Booking => fromDoc<Booking>(doc);

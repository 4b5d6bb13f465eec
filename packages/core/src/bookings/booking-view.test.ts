import { expect, test } from 'vitest';
import { sampleBooking } from '../testing/sample-booking.ts';
import type { Booking } from './booking.ts';
import { forBuyer, forSeller } from './booking-view.ts';

const bought = sampleBooking();
const sold: Booking = {
  ...bought,
  sale: {
    channel: 'phone',
    soldBy: bought.userId,
    person: bought.userId,
    note: 'a difficult customer',
    reason: null,
    limitOverride: 'a friend of the house',
    from: null,
  },
};

test('a seller is not told whether the customer’s address has an account, nor whom the units count against', () => {
  expect(forSeller(sold)).not.toHaveProperty('userId');
  expect(forSeller(sold).sale).toEqual({
    channel: 'phone',
    soldBy: bought.userId,
    note: 'a difficult customer',
    reason: null,
    limitOverride: 'a friend of the house',
    from: null,
  });
  expect(forSeller(bought)).toEqual(bought);
});

test('a buyer is shown of an organizer’s sale the channel alone', () => {
  expect(forBuyer(sold)).toEqual({ ...bought, sale: { channel: 'phone' } });
  expect(forBuyer(bought)).toEqual(bought);
});

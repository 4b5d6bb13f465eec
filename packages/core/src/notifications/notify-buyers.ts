import type { Booking } from '../bookings/booking.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { BookingNotice } from './notices/booking-notice.ts';
import type { OfferNotice } from './notices/waitlist-notice.ts';
import { type NotifyDeps, notifyAll } from './notify.ts';

export type ToldBuyer = {
  readonly notice: BookingNotice | OfferNotice;
  readonly buyer: Booking['buyer'];
};

/** Tells buyers that their tickets are there, or on offer to them: by e-mail, and by SMS those who gave a number and asked for it. */
export const notifyBuyers = async (deps: NotifyDeps, tx: Tx, told: readonly ToldBuyer[]): Promise<void> => {
  const noticesOf = (some: readonly ToldBuyer[]) => some.map(({ notice }) => notice);
  await notifyAll(deps, tx, noticesOf(told));
  const bySms = told.filter(({ buyer: { phone, wantsSms } }) => phone !== null && wantsSms === true);
  await notifyAll(deps, tx, noticesOf(bySms), 'sms');
};

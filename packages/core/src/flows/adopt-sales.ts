import { type RecountUnitsDeps, recountUnits } from '../bookings/recount-units.ts';
import type { User } from '../identity/user.ts';
import type { JobPayload } from '../jobs.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';

export type AdoptSalesDeps = RecountUnitsDeps &
  Pick<SaleDeps, 'unitOfWork' | 'users' | 'personKeys' | 'bookings' | 'tickets' | 'payments' | 'refunds'>;

/** Most people have a few; a school's office may have hundreds, and others wait behind it. */
const ADOPTED_AT_ONCE = 50;

/**
 * Job `account.adopt_sales`: what organizers sold to the address that this account has proved, and is nobody's account's, becomes this
 * one's. A transaction a booking, the oldest first: wherever the worker dies, and should two work at once, whoever comes next goes on with
 * what is left. Nothing is adopted for an address that is not proved, or not the account's any more.
 */
export const adoptSales = async (
  deps: AdoptSalesDeps,
  { userId }: JobPayload<'account.adopt_sales'>,
  atOnce = ADOPTED_AT_ONCE,
): Promise<JobResult> => {
  const address = await provedAddress(deps, userId);
  if (address === null) return done;
  const page = await deps.bookings.listAdoptable(address, atOnce);
  for (const bookingId of page) await deps.unitOfWork.run((tx) => adoptSale(deps, tx, bookingId, userId));
  return page.length < atOnce ? done : retryLater('more bookings of this address are waiting', 0);
};

const provedAddress = async (
  { users, personKeys }: AdoptSalesDeps,
  userId: UserId,
  tx?: Tx,
): Promise<string | null> => {
  const user: User | null = await users.find(userId, tx);
  return user === null || user.emailVerifiedAt === null ? null : personKeys.ofEmail(user.emailKey);
};

/**
 * Booking, tickets, money and what counts against the limit go to the account together. The booking's revision rises: who gives tickets of
 * it up, or corrects its address, at the same moment comes before or after this. Codes that were printed or mailed stay good.
 */
const adoptSale = async (
  deps: AdoptSalesDeps,
  tx: Tx,
  bookingId: BookingId,
  userId: UserId,
): Promise<void> => {
  const address = await provedAddress(deps, userId, tx);
  const booking = address === null ? null : await deps.bookings.find(bookingId, tx);
  if (address === null || booking === null) return;
  if (!(await deps.bookings.markAdopted(tx, bookingId, address, userId))) return;
  await recountUnits(deps, tx, booking, { from: address, to: userId, key: `adopted:${bookingId}:${userId}` });
  await deps.tickets.markAdopted(tx, bookingId, userId);
  if (booking.paymentId !== null) await deps.payments.markAdopted(tx, booking.paymentId, userId);
  await deps.refunds.markAdopted(tx, bookingId, userId);
};

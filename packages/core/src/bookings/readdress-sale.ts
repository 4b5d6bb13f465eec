import type { AddressTurns, UserStore } from '../identity/ports.ts';
import { identityKey } from '../identity/user.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Booking } from './booking.ts';
import type { BookingStore, PersonKeys } from './ports.ts';
import { type RecountUnitsDeps, recountUnits } from './recount-units.ts';

export type ReaddressSaleDeps = RecountUnitsDeps & {
  readonly bookings: Pick<BookingStore, 'makeAdoptable'>;
  readonly users: Pick<UserStore, 'findByEmailKeys'>;
  readonly addressTurns: AddressTurns;
  readonly personKeys: PersonKeys;
};

/**
 * The address of an organizer's sale was a wrong one, or there was none, and is `to` from now on: whoever proves that one gets the booking,
 * and its units count against it, above its limit if need be, because they are sold. An account that has proved it already gets it soon.
 */
export const readdressSale = async (
  deps: ReaddressSaleDeps,
  tx: Tx,
  booking: Booking,
  { to, key }: { readonly to: string; readonly key: string },
): Promise<void> => {
  const emailKey = identityKey(to);
  const address = deps.personKeys.ofEmail(emailKey);
  const before = booking.sale?.adoptableBy ?? booking.sale?.person ?? null;
  if (address === before) return;
  await deps.bookings.makeAdoptable(tx, booking.id, address);
  await recountUnits(deps, tx, booking, { from: before, to: address, key: `readdressed:${key}` });
  await deps.addressTurns.take(tx, [emailKey]);
  const [account] = await deps.users.findByEmailKeys([emailKey], tx);
  if (account === undefined || account.emailVerifiedAt === null) return;
  await deps.outbox.add(tx, [
    { job: 'account.adopt_sales', payload: { userId: account.id }, dueAt: deps.clock.now() },
  ]);
};

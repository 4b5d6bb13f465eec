import type { PersonKeys } from '../bookings/ports.ts';
import type { UserStore } from '../identity/ports.ts';
import { identityKey } from '../identity/user.ts';
import type { UserId } from '../shared/ids.ts';

export type FindCustomerDeps = {
  readonly users: Pick<UserStore, 'findByEmailKey'>;
  readonly personKeys: PersonKeys;
};

/** Whose the booking is, and whom its units count against. */
export type Customer = { readonly userId: UserId | null; readonly person: string | null };

/**
 * Who an organizer's customer is. An account that has proved to read this address owns the booking: it stands in its history,
 * and its units count with those the account bought itself. Otherwise the booking is nobody's account's, and its units count
 * against the address. Without an address they count against nobody.
 */
export const findCustomer = async (
  { users, personKeys }: FindCustomerDeps,
  email: string | null,
): Promise<Customer> => {
  if (email === null) return { userId: null, person: null };
  const key = identityKey(email);
  const user = await users.findByEmailKey(key);
  // An unproved address may be somebody else's: tickets must not land with whoever typed it first.
  return user !== null && user.emailVerifiedAt !== null
    ? { userId: user.id, person: user.id }
    : { userId: null, person: personKeys.ofEmail(key) };
};

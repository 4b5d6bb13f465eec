import type { PersonKeys } from '../bookings/ports.ts';
import type { UserStore } from '../identity/ports.ts';
import { identityKey } from '../identity/user.ts';
import type { UserId } from '../shared/ids.ts';

export type FindCustomersDeps = {
  readonly users: Pick<UserStore, 'findByEmailKeys'>;
  readonly personKeys: PersonKeys;
};

/** Whose a booking is, and whom its units count against. */
export type Customer = { readonly userId: UserId | null; readonly person: string | null };

export type CustomerOf = (email: string | null) => Customer;

/**
 * Who an organizer's customers are, by their addresses. An account that has proved to read an address owns the booking: it stands
 * in its history, and its units count with those the account bought itself. Otherwise the booking is nobody's account's, and its
 * units count against the address. Without an address they count against nobody.
 */
export const findCustomers = async (
  { users, personKeys }: FindCustomersDeps,
  emails: readonly (string | null)[],
): Promise<CustomerOf> => {
  const keys = new Set(emails.flatMap((email) => (email === null ? [] : [identityKey(email)])));
  const found = keys.size === 0 ? [] : await users.findByEmailKeys([...keys]);
  // An unproved address may be somebody else's: tickets must not land with whoever typed it first.
  const proved = new Map(
    found.filter(({ emailVerifiedAt }) => emailVerifiedAt !== null).map(({ emailKey, id }) => [emailKey, id]),
  );
  return (email) => {
    if (email === null) return { userId: null, person: null };
    const key = identityKey(email);
    const userId = proved.get(key);
    return userId === undefined
      ? { userId: null, person: personKeys.ofEmail(key) }
      : { userId, person: userId };
  };
};

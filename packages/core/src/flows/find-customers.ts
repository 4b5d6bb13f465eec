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
 * in its history. Otherwise the booking is nobody's account's. Its units count with those that an account of the address bought
 * itself, proved or not, so that one person has one limit; where there is no account, against the address. Without an address they
 * count against nobody.
 */
export const findCustomers = async (
  { users, personKeys }: FindCustomersDeps,
  emails: readonly (string | null)[],
): Promise<CustomerOf> => {
  const keys = new Set(emails.flatMap((email) => (email === null ? [] : [identityKey(email)])));
  const found = keys.size === 0 ? [] : await users.findByEmailKeys([...keys]);
  const accounts = new Map(found.map((user) => [user.emailKey, user]));
  return (email) => {
    if (email === null) return { userId: null, person: null };
    const key = identityKey(email);
    const account = accounts.get(key);
    if (account === undefined) return { userId: null, person: personKeys.ofEmail(key) };
    // An unproved address may be somebody else's: tickets must not land with whoever typed it first.
    return { userId: account.emailVerifiedAt === null ? null : account.id, person: account.id };
  };
};

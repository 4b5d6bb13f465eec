import { identityKey } from '../identity/user.ts';
import type { UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';

export type FindCustomersDeps = Pick<SaleDeps, 'users' | 'personKeys' | 'addressTurns'>;

/** Whose a booking is, and whom its units count against. */
export type Customer = {
  readonly userId: UserId | null;
  readonly person: string | null;
  /** By whose proof it may become an account's (see OrganizerSale). */
  readonly adoptableBy: string | null;
  /** Who is the same person for the limit: an unproved account of the address, or the address of an account. */
  readonly alongside: string | null;
};

export type CustomerOf = (email: string | null) => Customer;

const NOBODY: Customer = { userId: null, person: null, adoptableBy: null, alongside: null };

/**
 * Who an organizer's customers are, by their addresses, as part of the transaction that sells to them: it takes the turns of their
 * addresses, so an account that is opened or proved at the same moment is seen here, or sees what was sold. An account that has
 * proved to read an address owns the booking: it stands in its history. Otherwise the booking is nobody's account's, until one proves the
 * address, and its units count against the address. An account of it that has proved nothing is judged together with it, because one
 * person has one limit. Without an address they count against nobody.
 */
export const findCustomers = async (
  { users, personKeys, addressTurns }: FindCustomersDeps,
  tx: Tx,
  emails: readonly (string | null)[],
): Promise<CustomerOf> => {
  const keys = [...new Set(emails.flatMap((email) => (email === null ? [] : [identityKey(email)])))];
  if (keys.length === 0) return () => NOBODY;
  await addressTurns.take(tx, keys);
  const accounts = new Map((await users.findByEmailKeys(keys, tx)).map((user) => [user.emailKey, user]));
  return (email) => {
    if (email === null) return NOBODY;
    const key = identityKey(email);
    const account = accounts.get(key);
    const address = personKeys.ofEmail(key);
    // An unproved address may be somebody else's: tickets must not land with whoever typed it first.
    return account === undefined || account.emailVerifiedAt === null
      ? { userId: null, person: address, adoptableBy: address, alongside: account?.id ?? null }
      : { userId: account.id, person: account.id, adoptableBy: null, alongside: address };
  };
};

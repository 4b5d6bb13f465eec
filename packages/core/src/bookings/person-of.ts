import type { Booking } from './booking.ts';

/** Whom a booking's units count against under the limit per person: the account, or the customer by address; null: nobody. */
export const personOf = ({ userId, sale }: Pick<Booking, 'userId' | 'sale'>): string | null =>
  userId ?? sale?.adoptableBy ?? sale?.person ?? null;

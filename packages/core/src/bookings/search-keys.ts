import { identityKey } from '../identity/user.ts';
import { searchWordsOf } from '../shared/words-of.ts';
import type { Buyer } from './booking.ts';

/** The form in which a buyer's address is looked for: whole. It has an @, which no word has. */
export const emailSearchKey = (email: string): string => identityKey(email);

/** What a booking is found by besides its reference: the folded words of the buyer's name, and the whole address. */
export const searchKeysOf = ({ name, email }: Pick<Buyer, 'name' | 'email'>): string[] => [
  ...searchWordsOf([name]),
  ...(email === null ? [] : [emailSearchKey(email)]),
];

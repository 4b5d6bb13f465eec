import { z } from 'zod';
import { wordsOf } from '../shared/words-of.ts';
import { parseReference } from './reference.ts';
import { emailSearchKey } from './search-keys.ts';

/** What organizers look for: one booking by its reference, or all whose keys (search-keys.ts) have these. */
export type SoldSearch =
  | { readonly kind: 'reference'; readonly reference: string }
  /** All of `whole`; and one that begins with `begun`, unless that is null. */
  | { readonly kind: 'keys'; readonly whole: readonly string[]; readonly begun: string | null };

const MAX_WORDS = 8;
/** A single letter begins a tenth of all names. */
const MIN_BEGUN = 2;

/** null: there is nothing in it to look for. */
const searchOf = (text: string): SoldSearch | null => {
  const reference = /^\s*EVT/i.test(text) ? parseReference(text) : null;
  if (reference !== null) return { kind: 'reference', reference };
  if (text.includes('@')) return { kind: 'keys', whole: [emailSearchKey(text)], begun: null };
  const words = wordsOf(text);
  const begun = words.at(-1) ?? '';
  return begun.length < MIN_BEGUN || words.length > MAX_WORDS
    ? null
    : { kind: 'keys', whole: words.slice(0, -1), begun };
};

/** `EVT-ABC123`, a whole e-mail address, or words of a name, of which all must occur and the last may be only begun. */
export const soldSearchSchema = z
  .string()
  .max(254)
  .transform((text, context): SoldSearch => {
    const search = searchOf(text);
    if (search !== null) return search;
    context.addIssue({
      code: 'custom',
      message: `must be a reference like EVT-ABC123, a whole e-mail address, or up to ${MAX_WORDS} words of a name, the last of at least ${MIN_BEGUN} letters`,
    });
    return z.NEVER;
  });

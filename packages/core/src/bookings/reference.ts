import { z } from 'zod';

/** Crockford's base 32: no I, L, O, U, so that a reference survives being read out over a telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const REFERENCE_LENGTH = 6;

/** `EVT-` and six characters: 2^30 of them. */
export const REFERENCE_PATTERN = /^EVT-[0-9A-HJKMNP-TV-Z]{6}$/;

/**
 * A reference as people write and say it: in any case, with or without `EVT` and what separates it, with the letters that look like a
 * digit of the alphabet. null: it is none.
 */
export const parseReference = (text: string): string | null => {
  const said = text.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  const code = said.length === REFERENCE_LENGTH ? said : said.replace(/^EVT/, '');
  const reference = `EVT-${code.replaceAll('O', '0').replace(/[IL]/g, '1')}`;
  return REFERENCE_PATTERN.test(reference) ? reference : null;
};

/** The reference that six random bytes spell; each byte's lower five bits count. */
export const referenceOf = (random: Uint8Array): string => {
  if (random.length < REFERENCE_LENGTH) throw new RangeError(`needs ${REFERENCE_LENGTH} random bytes`);
  let reference = 'EVT-';
  for (const byte of random.subarray(0, REFERENCE_LENGTH)) reference += ALPHABET[byte & 31];
  return reference;
};

/** As people write it, with or without `EVT-`. */
export const referenceSchema = z
  .string()
  .max(40)
  .transform((text, context) => {
    const reference = parseReference(text);
    if (reference !== null) return reference;
    context.addIssue({ code: 'custom', message: 'must be a reference like EVT-ABC123' });
    return z.NEVER;
  });

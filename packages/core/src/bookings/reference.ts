/** Crockford's base 32: no I, L, O, U, so that a reference survives being read out over a telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const REFERENCE_LENGTH = 6;

/** `EVT-` and six characters: 2^30 of them. */
export const REFERENCE_PATTERN = /^EVT-[0-9A-HJKMNP-TV-Z]{6}$/;

/** The reference that six random bytes spell; each byte's lower five bits count. */
export const referenceOf = (random: Uint8Array): string => {
  if (random.length < REFERENCE_LENGTH) throw new RangeError(`needs ${REFERENCE_LENGTH} random bytes`);
  let reference = 'EVT-';
  for (const byte of random.subarray(0, REFERENCE_LENGTH)) reference += ALPHABET[byte & 31];
  return reference;
};

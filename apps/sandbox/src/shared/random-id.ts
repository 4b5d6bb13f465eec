import { randomBytes } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `<prefix><length letters and digits>`, as Stripe's ids look. 62 does not divide 256; that slight bias is of no matter here. */
export const randomId = (prefix: string, length = 24): string =>
  prefix + Array.from(randomBytes(length), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');

/** `<prefix><32 hex digits>`, as Twilio's sids look. */
export const randomSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');

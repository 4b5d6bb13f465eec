import { z } from 'zod';

const folded = z
  .string()
  .max(320)
  .transform((text) => text.normalize('NFKC').trim());

/**
 * 3 to 32 letters of ASCII, digits, `.`, `_` or `-`. No `@`, so that a name is never an e-mail address; no `usr_` in front, so
 * that it is never another account's id (findAccount); no other scripts, so that no two names look alike.
 */
export const usernameSchema = folded.pipe(
  z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9._-]{1,30})[A-Za-z0-9]$/,
      'must be 3 to 32 letters, digits, dots, dashes or underscores, and begin and end with a letter or digit',
    )
    .regex(/^(?!usr_)/i, 'must not begin with usr_, as ids of accounts do'),
);

/** At most 254 characters: RFC 3696, erratum 1690. */
export const emailSchema = folded.pipe(
  z.email('must be an e-mail address like ada@example.org').max(254, 'must be at most 254 characters'),
);

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** A password as it is hashed and compared: NFKC, as NIST SP 800-63B §5.1.1.2 asks for, so that keyboards do not matter. */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

const lengthOf = (password: string): number => [...password].length;

/** A new password. Normalized; counted in characters, not in UTF-16 units. */
export const newPasswordSchema = z
  .string()
  // Bounds the work below: normalizing lengthens some characters up to eighteenfold.
  .max(PASSWORD_MAX * 4, `must have at most ${PASSWORD_MAX} characters`)
  .transform(normalizePassword)
  .refine((password) => lengthOf(password) >= PASSWORD_MIN, `must have at least ${PASSWORD_MIN} characters`)
  .refine((password) => lengthOf(password) <= PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`);

/** A password at log-in: nothing is said about its form, so that a wrong one is wrong and no more. */
export const presentedPasswordSchema = z
  .string()
  .min(1)
  .max(PASSWORD_MAX * 4)
  .transform(normalizePassword);

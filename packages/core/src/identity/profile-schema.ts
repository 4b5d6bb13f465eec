import { z } from 'zod';
import { GENDERS } from './user.ts';

const CONTROL_CHARACTERS = /\p{Cc}/u;

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, 'must not be empty')
        .max(max, `must have at most ${max} characters`)
        .refine((text) => !CONTROL_CHARACTERS.test(text), 'must be one line of plain text'),
    );

/** Written with spaces, dots, dashes or brackets; kept as E.164 (ITU-T E.164: at most 15 digits with the country code). */
export const phoneSchema = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be in international form, like +49 30 12345678'));

/** A BCP 47 tag; kept in its canonical form (`de-de` becomes `de-DE`). */
export const localeSchema = z
  .string()
  .max(35)
  .transform((tag, context) => {
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? tag;
    } catch {
      context.issues.push({ code: 'custom', input: tag, message: 'must be a language tag like de or en-GB' });
      return z.NEVER;
    }
  })
  .pipe(z.string().min(2, 'must be a language tag like de or en-GB'));

/** A change of a profile: absent leaves as it is, null clears. */
export const profileChangesSchema = z.object({
  name: line(100).nullable().optional(),
  phone: phoneSchema.nullable().optional(),
  locale: localeSchema.optional(),
  /** Not after this year: the use case checks that, it knows the time. */
  birthYear: z.int().min(1900).max(2200).nullable().optional(),
  city: line(100).nullable().optional(),
  gender: z.enum(GENDERS).nullable().optional(),
});
export type ProfileChanges = z.output<typeof profileChangesSchema>;

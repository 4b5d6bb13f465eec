import { z } from 'zod';
import { emailSchema } from '../identity/identity-schemas.ts';
import { proseSchema } from '../shared/text.ts';

export const organizationNameSchema = z
  .string()
  .transform((name) => name.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(2, 'must have at least 2 characters')
      .max(100, 'must have at most 100 characters')
      .refine((name) => !/\p{Cc}/u.test(name), 'must be one line of plain text'),
  );

/** As it stands in an address: small letters of ASCII, so that no two look alike. */
export const slugSchema = z
  .string()
  .max(60)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'must be small letters, digits and single dashes between them, like aurora-stages',
  )
  .refine((slug) => slug.length >= 3, 'must have at least 3 characters');

/** Fields that are absent stay as they are. */
export const organizationChangesSchema = z
  .object({
    name: organizationNameSchema,
    slug: slugSchema.nullable(),
    description: proseSchema(2_000).transform((text) => text.trim()),
    contactEmail: emailSchema.nullable(),
  })
  .partial()
  .strict();

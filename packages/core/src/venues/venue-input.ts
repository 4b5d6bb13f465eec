import { z } from 'zod';
import { countrySchema } from '../shared/country.ts';
import { lineSchema } from '../shared/text.ts';
import { zoneSchema } from '../shared/wall-time.ts';

/** What an organizer says about a venue. */
export const venueFieldsSchema = z.object({
  name: lineSchema(200),
  address: lineSchema(300),
  city: lineSchema(100),
  country: countrySchema,
  /** WGS 84 degrees; null when it is not known. */
  location: z
    .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .nullable(),
  zone: zoneSchema,
});

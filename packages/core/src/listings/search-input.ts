import { z } from 'zod';
import { normalizeTag } from '../events/normalize-tags.ts';
import { countrySchema } from '../shared/country.ts';
import { foldText } from '../shared/fold-text.ts';
import { idSchema } from '../shared/ids.ts';
import { instantSchema } from '../shared/instant.ts';
import { currencySchema, minorUnitsSchema } from '../shared/money.ts';
import { pageRequestSchema } from '../shared/page.ts';
import { lineSchema } from '../shared/text.ts';
import { wordsOf } from '../shared/words-of.ts';

export const LISTING_SORTS = ['date', 'distance', 'popularity', 'price'] as const;
export type ListingSort = (typeof LISTING_SORTS)[number];

export const MAX_SEARCH_WORDS = 8;
export const MAX_RADIUS_KM = 500;
const DEFAULT_RADIUS_KM = 50;

/** A day where the event takes place, or an instant. Either may bound a search. */
const daySchema = z.iso.date({
  error: 'must be a day like 2026-12-31 or an instant like 2026-12-31T19:00:00Z',
});
const momentSchema = z.union([daySchema, instantSchema], {
  error: 'must be a day like 2026-12-31 or an instant like 2026-12-31T19:00:00Z',
});

const textSchema = lineSchema(100)
  .transform(wordsOf)
  .refine((words) => words.length > 0, 'must have letters or digits')
  .refine((words) => words.length <= MAX_SEARCH_WORDS, `must have at most ${MAX_SEARCH_WORDS} words`);

const tagSchema = (max: number) =>
  lineSchema(max)
    .transform(normalizeTag)
    .refine((tag) => tag !== '', 'must have letters or digits');

const nearSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusKm: z
    .number()
    .min(0.1, 'must be at least 0.1')
    .max(MAX_RADIUS_KM, `must be at most ${MAX_RADIUS_KM}`)
    .default(DEFAULT_RADIUS_KM),
});

const priceSchema = z
  .object({
    currency: currencySchema,
    /** Minor units. */
    min: minorUnitsSchema.optional(),
    max: minorUnitsSchema.optional(),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    message: 'must not be above max',
    path: ['min'],
  });

/** What the public listing may be asked for. Everything that is said must hold at once; what is absent does not matter. */
export const searchListingsInput = pageRequestSchema
  .extend({
    /** Words of the title, category, tags, venue, city or organization: all must occur, the last may be only begun. */
    text: textSchema.optional(),
    /** The start: not before. A day counts by the calendar where the event takes place. */
    from: momentSchema.optional(),
    /** The start: not after this day, or before this instant. */
    to: momentSchema.optional(),
    city: lineSchema(100).transform(foldText).optional(),
    country: countrySchema.optional(),
    near: nearSchema.optional(),
    category: tagSchema(60).optional(),
    /** All of them. */
    tags: z.array(tagSchema(40)).max(5).optional(),
    organizationId: idSchema('org').optional(),
    /** Events of this currency that sell between the two: their lowest price is not above `max`, their highest not below `min`. */
    price: priceSchema.optional(),
    /** Only those with free units, as far as the hint knows. */
    availableOnly: z.boolean().default(false),
    sort: z.enum(LISTING_SORTS).default('date'),
  })
  .refine(({ sort, near }) => sort !== 'distance' || near !== undefined, {
    message: 'needs a point when sorting by distance',
    path: ['near'],
  })
  .refine(({ sort, price }) => sort !== 'price' || price !== undefined, {
    message: 'needs a currency when sorting by price: amounts of different currencies have no order',
    path: ['price'],
  });
export type SearchListings = z.output<typeof searchListingsInput>;

import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { instantSchema } from '../shared/instant.ts';
import { currencySchema, minorUnitsSchema } from '../shared/money.ts';
import { isPrintable, lineSchema, proseSchema } from '../shared/text.ts';
import { wallTimeSchema } from '../shared/wall-time.ts';
import {
  MAX_HOLD_TTL_MS,
  MAX_PLACES,
  MAX_TURN_MS,
  MAX_TURNS_PER_MINUTE,
  MIN_HOLD_TTL_MS,
  MIN_TURN_MS,
} from './event.ts';
import { normalizeTag, normalizeTags } from './normalize-tags.ts';
import { refundPolicySchema } from './refund-policy.ts';
import { renderDescription } from './render-description.ts';
import { transferSettingSchema } from './transfer-setting.ts';
import { waitlistSettingsSchema } from './waitlist-settings.ts';

/** Equal to a seat category's name, character by character. `__proto__` is no key that an object can hold. */
const categoryKeySchema = z
  .string()
  .min(1)
  .max(100)
  .refine(isPrintable, 'has control characters')
  .refine((key) => key !== '__proto__', 'cannot be used as a name');

const priceCategorySchema = z
  .object({
    key: categoryKeySchema,
    /** What buyers read; the key when absent. */
    name: lineSchema(100).optional(),
    color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must look like #1f77b4')
      .nullable()
      .default(null),
  })
  .transform(({ key, name, color }) => ({ key, name: name ?? key, color }));

export const capacitySchema = z.int().min(1).max(MAX_PLACES);

/** With the id of an area (or ticket type) that the event has: that one, changed. Without: a new one. */
const areaSchema = z.object({
  id: idSchema('are').optional(),
  name: lineSchema(100),
  capacity: capacitySchema,
  priceCategory: categoryKeySchema,
});

const ticketTypeSchema = z.object({
  id: idSchema('tty').optional(),
  name: lineSchema(100),
  /** Minor units of the event's currency by price category key; 0 is free. */
  prices: z.record(categoryKeySchema, minorUnitsSchema),
});

export const turnsPerMinuteSchema = z.int().min(1).max(MAX_TURNS_PER_MINUTE);

const waitingRoomSchema = z.object({
  opensAt: wallTimeSchema,
  turnsPerMinute: turnsPerMinuteSchema,
  turnMs: z
    .int()
    .min(MIN_TURN_MS)
    .max(MAX_TURN_MS)
    .default(10 * 60_000),
});

const imageUrlSchema = z
  .url({ protocol: /^https$/, error: 'must be an https address' })
  .max(2_000)
  .refine((url) => !URL.canParse(url) || new URL(url).username === '', 'must not carry a login');

/** What fits under a ticket with a long title, in the smallest print that can be read. */
const MAX_TERMS = 1_500;
const MAX_TERM_LINES = 12;

/** What an organizer says about an event. Absent and `null` differ: null takes a value away. */
export const eventFieldsSchema = z.object({
  title: lineSchema(200),
  /** Markdown. */
  description: proseSchema(20_000).refine((text) => renderDescription(text) !== null, 'nests too deeply'),
  /** Plain text that has to fit under a ticket. */
  terms: proseSchema(MAX_TERMS).refine(
    (text) => text.split('\n').length <= MAX_TERM_LINES,
    `must have at most ${MAX_TERM_LINES} lines`,
  ),
  refundPolicy: refundPolicySchema,
  category: lineSchema(60)
    .transform(normalizeTag)
    .refine((category) => category !== '', 'must have letters or digits'),
  tags: z.array(lineSchema(40)).max(20).transform(normalizeTags),
  imageUrl: imageUrlSchema.nullable(),
  startsAt: wallTimeSchema,
  endsAt: wallTimeSchema,
  doorsAt: wallTimeSchema.nullable(),
  venueId: idSchema('ven'),
  seatMapId: idSchema('map').nullable(),
  priceCategories: z.array(priceCategorySchema).max(50),
  areas: z.array(areaSchema).max(100),
  ticketTypes: z.array(ticketTypeSchema).max(50),
  currency: currencySchema,
  /** null: from publication. */
  salesStartAt: instantSchema.nullable(),
  /** null: until the start. */
  salesEndAt: instantSchema.nullable(),
  maxPerBooking: z.int().min(1).max(100),
  maxPerPerson: z.int().min(1).max(1_000),
  holdTtlMs: z.int().min(MIN_HOLD_TTL_MS).max(MAX_HOLD_TTL_MS),
  transfers: transferSettingSchema,
  /** null: whoever comes may hold. */
  waitingRoom: waitingRoomSchema.nullable(),
  waitlist: waitlistSettingsSchema,
});
export type EventFields = z.output<typeof eventFieldsSchema>;

import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';

const quantity = z.int().min(1).max(100);
const unitId = z.string().min(3).max(200);

/**
 * What a buyer wants. `seats`: exactly these. `best`: so many in a price category, chosen by us, together where possible
 * (`split: false`: only together); `accessible`: with a wheelchair place. `places`: so many of an area. `upTo`: content with
 * fewer, if there are no more.
 */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('seats'), unitIds: z.array(unitId).min(1).max(100) }),
  z.object({
    kind: z.literal('best'),
    priceCategory: z.string().min(1).max(200),
    quantity,
    upTo: z.boolean().default(false),
    accessible: z.boolean().default(false),
    split: z.boolean().default(true),
  }),
  z.object({
    kind: z.literal('places'),
    areaId: idSchema('are'),
    quantity,
    upTo: z.boolean().default(false),
  }),
]);
export type Selection = z.output<typeof selectionSchema>;

/** The hold id is minted by the caller, so that a call with a lost answer can be repeated. */
export const placeHoldInput = z.object({
  eventId: idSchema('evt'),
  holdId: idSchema('hld'),
  selections: z.array(selectionSchema).min(1).max(10),
});
export type PlaceHoldInput = z.output<typeof placeHoldInput>;

/** What every other command on a hold takes. */
export const holdRefInput = z.object({ eventId: idSchema('evt'), holdId: idSchema('hld') });
export type HoldRefInput = z.output<typeof holdRefInput>;

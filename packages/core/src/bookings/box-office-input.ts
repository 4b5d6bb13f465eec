import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { minorUnitsSchema } from '../shared/money.ts';
import { lineSchema, proseSchema } from '../shared/text.ts';
import { checkoutInput, phoneSchema } from './checkout-input.ts';
import { OFFLINE_METHODS, type OfflineMethod } from './organizer-sale.ts';

export const noteSchema = proseSchema(1_000)
  .transform((text) => text.trim())
  .transform((text) => (text === '' ? null : text))
  .nullable()
  .default(null);

export const reasonSchema = lineSchema(300);

/**
 * How an organizer's sale is settled: money that was taken outside the provider, or nothing, for a reason. Written out, because answers of
 * the API have it: clients get the type, not the schema.
 */
export type Settlement =
  | { readonly kind: 'paid'; readonly method: OfflineMethod }
  | { readonly kind: 'complimentary'; readonly reason: string };

export const settlementSchema: z.ZodType<Settlement, Settlement> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paid'), method: z.enum(OFFLINE_METHODS) }),
  z.object({ kind: z.literal('complimentary'), reason: reasonSchema }),
]);

export const boxOfficeSaleInput = checkoutInput.pick({ eventId: true, holdId: true, lines: true }).extend({
  organizationId: idSchema('org'),
  /** A complimentary sale is of the channel `complimentary`, wherever it is made. */
  channel: z.enum(['box_office', 'phone']).default('box_office'),
  buyer: z.object({
    name: lineSchema(120),
    /** Without it nothing is mailed, and the tickets are the organizer's to hand over. */
    email: z.email().max(254).nullable().default(null),
    phone: phoneSchema.nullable().default(null),
  }),
  settlement: settlementSchema,
  /** What was taken, in minor units: refused unless it is what the tickets cost. */
  amount: minorUnitsSchema,
  note: noteSchema,
  /** Why this customer may have more than the event's limits allow. */
  limitOverride: reasonSchema.nullable().default(null),
  /** The address has an account that has not proved it, and the customer says that it is a stranger's: what it has does not count. */
  accountNotTheirs: z.boolean().default(false),
  /** Whether the tickets are mailed; they are not without an address. */
  mail: z.boolean().default(true),
});
export type BoxOfficeSale = z.output<typeof boxOfficeSaleInput>;

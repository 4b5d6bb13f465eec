import { z } from 'zod';
import { buyerSchema } from '../bookings/checkout-input.ts';
import { idSchema } from '../shared/ids.ts';
import { pageRequestSchema } from '../shared/page.ts';
import { MAX_ENTRY_QUANTITY } from './entry.ts';

/** A price category, an area or a ticket type; named together, what fits all of them. */
export const wishSchema = z
  .object({
    priceCategory: z.string().min(1).max(100).nullable().default(null),
    areaId: idSchema('are').nullable().default(null),
    ticketTypeId: idSchema('tty').nullable().default(null),
  })
  .refine((wish) => Object.values(wish).some((part) => part !== null), {
    message: 'must name a price category, an area or a ticket type',
  });

export const entryQuantitySchema = z.int().min(1).max(MAX_ENTRY_QUANTITY);

/** The entry id is minted by the caller, so that a call with a lost answer can be repeated. */
export const joinWaitlistInput = z.object({
  eventId: idSchema('evt'),
  entryId: idSchema('wle'),
  wish: wishSchema,
  quantity: entryQuantitySchema,
  /** Content with fewer at first. */
  partWelcome: z.boolean().default(false),
  buyer: buyerSchema,
});
export type JoinWaitlistInput = z.output<typeof joinWaitlistInput>;

export const entryRefInput = z.object({ entryId: idSchema('wle') });

export const reduceEntryInput = entryRefInput.extend({ quantity: entryQuantitySchema });

export const listMyEntriesInput = pageRequestSchema;

export const offerRefInput = z.object({ offerId: idSchema('ofr') });

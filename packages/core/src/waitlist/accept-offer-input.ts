import { z } from 'zod';
import { buyerSchema, checkoutInput } from '../bookings/checkout-input.ts';
import { idSchema } from '../shared/ids.ts';

/** A ticket type for each unit that is taken; units that are not named go to the next in line. */
export const acceptOfferInput = z.object({
  offerId: idSchema('ofr'),
  /** Absent: as the entry says. */
  buyer: buyerSchema.optional(),
  lines: checkoutInput.shape.lines,
});
export type AcceptOfferInput = z.output<typeof acceptOfferInput>;

import { z } from 'zod';
import { reasonSchema } from '../bookings/box-office-input.ts';
import { idSchema, type OrganizationId } from '../shared/ids.ts';
import { pageRequestSchema } from '../shared/page.ts';
import { ENTRY_STATUSES } from './entry.ts';
import { entryQuantitySchema, entryRefInput, offerRefInput } from './waitlist-input.ts';

const ofOrganization = z.object({ organizationId: idSchema('org') });
/** A command of somebody whose access to that organization was looked up: it says which one. */
type InAccess<S extends z.ZodType<{ organizationId: OrganizationId }>> = Omit<z.output<S>, 'organizationId'>;

export const waitlistRefInput = ofOrganization.extend({ eventId: idSchema('evt') });
export type WaitlistRef = z.output<typeof waitlistRefInput>;

export const listWaitlistInput = waitlistRefInput.extend({
  ...pageRequestSchema.shape,
  /** Only these. */
  status: z.enum(ENTRY_STATUSES).optional(),
});
export type ListWaitlist = InAccess<typeof listWaitlistInput>;

/** The offer id is minted by the caller, so that a call with a lost answer can be repeated. */
export const offerByHandInput = ofOrganization.extend({
  ...entryRefInput.shape,
  ...offerRefInput.shape,
  /** Absent: all that the entry waits for, or as many as there are when a part is welcome. */
  quantity: entryQuantitySchema.optional(),
});
export type OfferByHand = InAccess<typeof offerByHandInput>;

export const withdrawOfferInput = ofOrganization.extend(offerRefInput.shape);
export type WithdrawOffer = InAccess<typeof withdrawOfferInput>;

export const removeEntryInput = ofOrganization.extend({
  ...entryRefInput.shape,
  /** For the record of the organization; the person does not read it. */
  reason: reasonSchema,
});
export type RemoveEntry = InAccess<typeof removeEntryInput>;

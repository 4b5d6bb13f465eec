import { z } from 'zod';
import { ownEvent } from '../inventory/own-event.ts';
import { requireCapability } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { idSchema } from '../shared/ids.ts';
import type { Hold } from './hold.ts';
import { type PlaceHoldDeps, placeHold } from './place-hold.ts';
import { placeHoldInput } from './place-hold-input.ts';

export const placeOrganizerHoldInput = placeHoldInput.extend({
  organizationId: idSchema('org'),
  /** More than the event's limit per booking; the reason is told when it is sold. */
  overLimit: z.boolean().default(false),
});
export type PlaceOrganizerHold = z.output<typeof placeOrganizerHoldInput>;

/**
 * A hold that an organizer takes for a customer: before, in and after the sales window, out of the same units as everybody's.
 * It is the organization's: any seller of it may sell or release it. The limit per person is kept when it is sold, because
 * nobody knows yet for whom it is. Throws as placeHold does, `thing.not_found`, and `capability.missing` for `overLimit`.
 */
export const placeOrganizerHold = async (
  deps: PlaceHoldDeps,
  {
    access,
    overLimit,
    ...command
  }: PlaceOrganizerHold & { readonly access: Pick<OrganizationAccess, 'organizationId' | 'role'> },
): Promise<Hold> => {
  if (overLimit) requireCapability(access.role, 'boxoffice.override');
  await ownEvent(deps.layouts, { ...access, eventId: command.eventId });
  return placeHold(deps, { ...command, owner: access.organizationId, house: { overLimit } });
};

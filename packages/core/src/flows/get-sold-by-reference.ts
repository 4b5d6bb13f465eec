import type { ReferenceStore } from '../bookings/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type GetSoldBookingDeps, getSoldBooking, type SoldBooking } from './get-sold-booking.ts';

export type GetSoldByReferenceDeps = GetSoldBookingDeps & {
  readonly references: Pick<ReferenceStore, 'find'>;
};

/** The booking that a caller names: of any of the organization's events. Another organization's reference is `thing.not_found`, like none. */
export const getSoldByReference = async (
  deps: GetSoldByReferenceDeps,
  { organizationId, reference }: { readonly organizationId: OrganizationId; readonly reference: string },
): Promise<SoldBooking> => {
  const bookingId = await deps.references.find(reference);
  if (bookingId === null) throw new DomainError('thing.not_found', { thing: 'booking' });
  return getSoldBooking(deps, { organizationId, bookingId });
};

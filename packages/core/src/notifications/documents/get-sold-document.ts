import { getBooking } from '../../bookings/get-booking.ts';
import { DomainError } from '../../shared/errors.ts';
import type { BookingId, OrganizationId, UserId } from '../../shared/ids.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import type { GetBookingDocumentDeps } from './get-booking-document.ts';
import { makeDocument } from './make-document.ts';

/**
 * A document of a booking that an organizer sold, for handing over or printing. A booking that its buyer made is `thing.not_found`:
 * its codes are the buyer's alone. So is one of another organization, and where there is no such document. Throws `document.too_many` to a
 * member who asks too often.
 */
export const getSoldDocument = async (
  deps: GetBookingDocumentDeps,
  {
    bookingId,
    organizationId,
    userId,
    kind,
  }: {
    readonly bookingId: BookingId;
    readonly organizationId: OrganizationId;
    /** The member who asks. */
    readonly userId: UserId;
    readonly kind: DocumentKind;
  },
): Promise<DocumentFile> => {
  const booking = await getBooking(deps, { bookingId, reader: { organizationId } });
  if (booking.sale === undefined) throw new DomainError('thing.not_found', { thing: 'booking' });
  return await makeDocument(deps, booking, kind, userId);
};

import { getBooking } from '../../bookings/get-booking.ts';
import type { BookingStore } from '../../bookings/ports.ts';
import type { BookingId, UserId } from '../../shared/ids.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import { type MakeDocumentDeps, makeDocument } from './make-document.ts';

export type GetBookingDocumentDeps = MakeDocumentDeps & {
  readonly bookings: Pick<BookingStore, 'find'>;
};

/**
 * A document of one's own booking, made anew each time. Throws `thing.not_found` for a foreign booking and where there is no such document
 * (no tickets, nothing paid), `document.too_many` to who asks too often, and `busy.try_again` when too many are being made.
 */
export const getBookingDocument = async (
  deps: GetBookingDocumentDeps,
  {
    bookingId,
    userId,
    kind,
  }: { readonly bookingId: BookingId; readonly userId: UserId; readonly kind: DocumentKind },
): Promise<DocumentFile> => {
  const booking = await getBooking(deps, { bookingId, reader: { userId } });
  return await makeDocument(deps, booking, kind, userId);
};

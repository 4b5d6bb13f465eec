import { getBooking } from '../../bookings/get-booking.ts';
import type { BookingStore } from '../../bookings/ports.ts';
import { DomainError } from '../../shared/errors.ts';
import type { BookingId, UserId } from '../../shared/ids.ts';
import { type HeldTicketsDeps, heldTickets } from '../held-tickets.ts';
import type { TicketDocuments } from '../ports.ts';
import { bookingDocument } from './booking-document.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import { findSurroundings, type SurroundingsDeps } from './surroundings.ts';

export type GetBookingDocumentDeps = HeldTicketsDeps &
  SurroundingsDeps & {
    readonly bookings: Pick<BookingStore, 'find'>;
    readonly documents: TicketDocuments;
  };

/**
 * A document of one's own booking, made anew each time. Throws `thing.not_found` for a foreign booking and where there is no such document
 * (no tickets, nothing paid), and `busy.try_again` when too many are being made.
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
  const [tickets, surroundings] = await Promise.all([
    heldTickets(deps, booking),
    findSurroundings(deps, booking),
  ]);
  const file = await bookingDocument(deps.documents, kind, booking, tickets, surroundings);
  if (file === null) throw new DomainError('thing.not_found', { thing: 'document' });
  return file;
};

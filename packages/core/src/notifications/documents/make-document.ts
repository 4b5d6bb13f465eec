import type { Booking } from '../../bookings/booking.ts';
import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import { type HeldTicketsDeps, heldTickets } from '../held-tickets.ts';
import type { TicketDocuments } from '../ports.ts';
import { bookingDocument } from './booking-document.ts';
import { type CountDocumentDeps, countDocument } from './count-document.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import { findSurroundings, type SurroundingsDeps } from './surroundings.ts';

export type MakeDocumentDeps = HeldTicketsDeps &
  SurroundingsDeps &
  CountDocumentDeps & { readonly documents: TicketDocuments };

/**
 * A document of a booking that the caller may have. Throws `thing.not_found` where there is none (no tickets, nothing paid), and
 * `document.too_many` to who asked for more than anybody needs.
 */
export const makeDocument = async (
  deps: MakeDocumentDeps,
  booking: Booking,
  kind: DocumentKind,
  userId: UserId,
): Promise<DocumentFile> => {
  await countDocument(deps, userId, kind === 'tickets' ? booking.lines.length : 1);
  const [tickets, surroundings] = await Promise.all([
    heldTickets(deps, booking),
    findSurroundings(deps, booking),
  ]);
  const file = await bookingDocument(deps.documents, kind, booking, tickets, surroundings);
  if (file === null) throw new DomainError('thing.not_found', { thing: 'document' });
  return file;
};

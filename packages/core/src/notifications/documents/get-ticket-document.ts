import type { BookingStore } from '../../bookings/ports.ts';
import { DomainError } from '../../shared/errors.ts';
import type { TicketId, UserId } from '../../shared/ids.ts';
import type { TicketStore } from '../../tickets/stores.ts';
import { heldTickets } from '../held-tickets.ts';
import { bookingDocument } from './booking-document.ts';
import { countDocument } from './count-document.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import type { MakeDocumentDeps } from './make-document.ts';
import { findSurroundings } from './surroundings.ts';

export type GetTicketDocumentDeps = MakeDocumentDeps & {
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly tickets: Pick<TicketStore, 'find'>;
};

/** Not the receipt: that is the buyer's. */
export const TICKET_DOCUMENT_KINDS = ['tickets', 'calendar'] as const satisfies readonly DocumentKind[];

/**
 * A document of one ticket for its holder, bought or received, made anew each time. Throws `thing.not_found` for anybody else and for a
 * void ticket, `document.too_many` to who asks too often, and `busy.try_again` when too many are being made.
 */
export const getTicketDocument = async (
  deps: GetTicketDocumentDeps,
  {
    ticketId,
    userId,
    kind,
  }: {
    readonly ticketId: TicketId;
    readonly userId: UserId;
    readonly kind: (typeof TICKET_DOCUMENT_KINDS)[number];
  },
): Promise<DocumentFile> => {
  const ticket = await deps.tickets.find(ticketId);
  const booking = ticket?.holderId === userId ? await deps.bookings.find(ticket.bookingId) : null;
  if (booking === null) throw new DomainError('thing.not_found', { thing: 'ticket' });
  await countDocument(deps, userId, 1);
  const [tickets, surroundings] = await Promise.all([
    heldTickets(deps, booking, ticketId),
    findSurroundings(deps, booking),
  ]);
  const file = await bookingDocument(deps.documents, kind, booking, tickets, surroundings);
  if (file === null) throw new DomainError('thing.not_found', { thing: 'document' });
  return file;
};

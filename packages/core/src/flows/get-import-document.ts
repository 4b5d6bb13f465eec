import { z } from 'zod';
import { type AttendeeImport, hasEnded } from '../attendees/attendee-import.ts';
import { attendeeImportRef } from '../attendees/get-attendee-import.ts';
import { ownImport } from '../attendees/own-import.ts';
import type { AttendeeImportStore } from '../attendees/ports.ts';
import type { BookingStore } from '../bookings/ports.ts';
import { type CountDocumentDeps, countDocument } from '../notifications/documents/count-document.ts';
import type { DocumentFile, TicketSheet } from '../notifications/documents/document.ts';
import { type SurroundingsDeps, surroundingsOf } from '../notifications/documents/surroundings.ts';
import { ticketSheetsOf } from '../notifications/documents/ticket-sheets-of.ts';
import { type HeldTicketsDeps, heldTickets } from '../notifications/held-tickets.ts';
import type { TicketDocuments } from '../notifications/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import type { TicketStore } from '../tickets/stores.ts';

/** A page each: as many as are drawn in half a second, so that nobody else's document waits for long behind it. */
export const TICKETS_A_PART = 100;

export const importDocumentInput = attendeeImportRef.extend({ part: z.int().min(1).default(1) });
export type ImportDocumentInput = z.output<typeof importDocumentInput>;

export type GetImportDocumentDeps = SurroundingsDeps &
  CountDocumentDeps &
  Pick<HeldTicketsDeps, 'signer'> & {
    readonly imports: Pick<AttendeeImportStore, 'find'>;
    readonly bookings: Pick<BookingStore, 'listOfImport' | 'countOfImport'>;
    readonly tickets: Pick<TicketStore, 'listOfBookings'>;
    readonly documents: TicketDocuments;
  };

/** `file` is null where no ticket of the part is good any more, or nothing of the list was sold (`parts` is 0). */
export type ImportDocument = {
  readonly part: number;
  readonly parts: number;
  /** Pages of this part. */
  readonly tickets: number;
  readonly file: DocumentFile | null;
};

/**
 * The tickets of a list as PDF to print, in the order of the list, in parts of at most TICKETS_A_PART bookings. A part has the same bookings each time; tickets
 * that were given up or passed on since are left out. Throws `thing.not_found` for another organization's list, `input.invalid` for a part that there
 * is not, `attendees.still_sold` before the list is finished or cancelled, `document.too_many` to a member who asks for many in a short time, and `busy.try_again` when too many are being made.
 */
export const getImportDocument = async (
  deps: GetImportDocumentDeps,
  { organizationId, importId, userId, part }: ImportDocumentInput & { readonly userId: UserId },
): Promise<ImportDocument> => {
  const list = await ownImport(deps.imports, { organizationId, importId });
  // Until then bookings may still be added, in the midst of the order.
  if (!hasEnded(list)) throw new DomainError('attendees.still_sold', {});
  const parts = Math.ceil((await deps.bookings.countOfImport(importId)) / TICKETS_A_PART);
  if (part > Math.max(parts, 1)) throw noSuchPart(parts);
  const sheets = await sheetsOf(deps, list, (part - 1) * TICKETS_A_PART);
  if (sheets.length === 0) return { part, parts, tickets: 0, file: null };
  await countDocument(deps, userId, sheets.length);
  const number = String(part).padStart(String(parts).length, '0');
  const file = {
    filename: `tickets-${importId}-${number}-of-${parts}.pdf`,
    contentType: 'application/pdf',
    content: await deps.documents.tickets(sheets),
  };
  return { part, parts, tickets: sheets.length, file };
};

const noSuchPart = (parts: number): DomainError =>
  new DomainError('input.invalid', {
    issues: [
      {
        path: 'part',
        message: `is too high: this list is printed in ${parts} ${parts === 1 ? 'part' : 'parts'}`,
      },
    ],
  });

const sheetsOf = async (
  deps: GetImportDocumentDeps,
  { id, organizationId, eventId }: AttendeeImport,
  skip: number,
): Promise<TicketSheet[]> => {
  const bookings = await deps.bookings.listOfImport(id, skip, TICKETS_A_PART);
  const [organization, event, issued] = await Promise.all([
    deps.organizations.find(organizationId),
    deps.events.find(eventId),
    deps.tickets.listOfBookings(bookings.map(({ id: bookingId }) => bookingId)),
  ]);
  const tickets = {
    listOfBooking: async (of: BookingId) => issued.filter(({ bookingId }) => bookingId === of),
  };
  const sheets = await Promise.all(
    bookings.map(async (booking) =>
      ticketSheetsOf(
        booking,
        await heldTickets({ tickets, signer: deps.signer }, booking),
        surroundingsOf(booking, organization, event),
      ),
    ),
  );
  return sheets.flat();
};

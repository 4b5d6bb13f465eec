import type { Booking } from '../../bookings/booking.ts';
import { unreachable } from '../../shared/state-machine.ts';
import type { TicketDocuments } from '../ports.ts';
import type { LetterTicket } from '../templates/letter.ts';
import { calendarOf } from './calendar-of.ts';
import type { DocumentFile, DocumentKind } from './document.ts';
import { receiptOf } from './receipt-of.ts';
import type { Surroundings } from './surroundings.ts';
import { ticketSheetsOf } from './ticket-sheets-of.ts';

const PDF = 'application/pdf';

/** One document of a booking, or null where there is none: no ticket in the buyer's hands, or nothing was paid. */
export const bookingDocument = async (
  documents: TicketDocuments,
  kind: DocumentKind,
  booking: Booking,
  tickets: readonly LetterTicket[],
  surroundings: Surroundings,
): Promise<DocumentFile | null> => {
  switch (kind) {
    case 'tickets':
      return tickets.length === 0
        ? null
        : {
            filename: `tickets-${booking.reference}.pdf`,
            contentType: PDF,
            content: await documents.tickets(ticketSheetsOf(booking, tickets, surroundings)),
          };
    case 'receipt': {
      const receipt = receiptOf(booking, surroundings.organizerName);
      return receipt === null
        ? null
        : {
            filename: `receipt-${booking.reference}.pdf`,
            contentType: PDF,
            content: await documents.receipt(receipt),
          };
    }
    case 'calendar':
      return tickets.length === 0
        ? null
        : {
            filename: `event-${booking.reference}.ics`,
            contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
            content: new TextEncoder().encode(calendarOf(booking, surroundings)),
          };
    default:
      return unreachable(kind);
  }
};

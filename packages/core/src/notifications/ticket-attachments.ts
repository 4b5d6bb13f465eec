import type { Booking } from '../bookings/booking.ts';
import type { QrRenderer } from '../tickets/ports.ts';
import { bookingDocument } from './documents/booking-document.ts';
import type { DocumentKind } from './documents/document.ts';
import type { Surroundings } from './documents/surroundings.ts';
import type { Email, TicketDocuments } from './ports.ts';
import { type LetterTicket, qrContentId } from './templates/letter.ts';

export type TicketAttachmentsDeps = {
  readonly documents: TicketDocuments;
  readonly qr: QrRenderer;
};

/** What goes along with a letter that shows these tickets: their codes as pictures, and these documents. None without tickets. */
export const ticketAttachments = async (
  deps: TicketAttachmentsDeps,
  booking: Booking,
  tickets: readonly LetterTicket[],
  kinds: readonly DocumentKind[],
  surroundings: Surroundings,
): Promise<Email['attachments']> => {
  if (tickets.length === 0) return [];
  const pictures = await Promise.all(
    tickets.map(async ({ ticketId, code }, i) => ({
      filename: `ticket-${i + 1}.png`,
      contentType: 'image/png',
      content: await deps.qr.png(code),
      contentId: qrContentId(ticketId),
    })),
  );
  const files = await Promise.all(
    kinds.map((kind) => bookingDocument(deps.documents, kind, booking, tickets, surroundings)),
  );
  return [...pictures, ...files.filter((file) => file !== null)];
};

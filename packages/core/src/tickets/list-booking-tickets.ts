import { getBooking } from '../bookings/get-booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import type { QrRenderer, TicketSigner } from './ports.ts';
import type { TicketStore } from './stores.ts';
import type { Ticket } from './ticket.ts';

export type ListBookingTicketsDeps = {
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly tickets: Pick<TicketStore, 'listOfBooking'>;
  readonly signer: Pick<TicketSigner, 'sign'>;
  readonly qr: QrRenderer;
};

/** A ticket with what a gate reads. A void one has neither. */
export type ShownTicket = Omit<Ticket, 'holderId' | 'organizationId'> & {
  readonly code: string | null;
  /** `data:image/png;base64,…` */
  readonly qr: string | null;
};

/** The tickets of one's own booking with their codes, made anew each time. Throws `thing.not_found`. */
export const listBookingTickets = async (
  deps: ListBookingTicketsDeps,
  { userId, bookingId }: { readonly userId: UserId; readonly bookingId: BookingId },
): Promise<ShownTicket[]> => {
  await getBooking(deps, { bookingId, reader: { userId } });
  const tickets = await deps.tickets.listOfBooking(bookingId);
  // Whoever was given a ticket by transfer shows it; the buyer does not any more.
  return Promise.all(
    tickets.filter(({ holderId }) => holderId === userId).map((ticket) => show(deps, ticket)),
  );
};

const show = async (
  { signer, qr }: ListBookingTicketsDeps,
  { holderId: _holder, organizationId: _organization, ...ticket }: Ticket,
): Promise<ShownTicket> => {
  if (ticket.status === 'void') return { ...ticket, code: null, qr: null };
  const { id: ticketId, eventId, unitId, generation } = ticket;
  const code = await signer.sign({ ticketId, eventId, unitId, generation });
  return { ...ticket, code, qr: dataUrl(await qr.png(code)) };
};

const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

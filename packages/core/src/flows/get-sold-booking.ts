import type { Booking } from '../bookings/booking.ts';
import { forSeller, type SellerBooking } from '../bookings/booking-view.ts';
import { getBooking } from '../bookings/get-booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import { type SoldMoney, type SoldMoneyDeps, soldMoneyOf } from '../refunds/get-sold-money.ts';
import type { BookingId, OrganizationId } from '../shared/ids.ts';
import type { TicketStore } from '../tickets/stores.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** A ticket as an organizer sees it: without its code. */
export type SoldTicket = Pick<
  Ticket,
  | 'id'
  | 'unitId'
  | 'label'
  | 'ticketTypeName'
  | 'attendeeName'
  | 'status'
  | 'generation'
  | 'issuedAt'
  | 'voidedAt'
> & {
  /** It is somebody else's than the buyer's: tickets.holders says whose. */
  readonly passedOn: boolean;
};

export type SoldBooking = SellerBooking & {
  /** In the order of issue, void ones too; none before the booking is confirmed. */
  readonly tickets: readonly SoldTicket[];
  readonly money: SoldMoney;
};

export type GetSoldBookingDeps = SoldMoneyDeps & {
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly tickets: Pick<TicketStore, 'listOfBooking'>;
};

/** A booking of the organization's events with its tickets, its payment and its refunds. Throws `thing.not_found` for another's. */
export const getSoldBooking = async (
  deps: GetSoldBookingDeps,
  { organizationId, bookingId }: { readonly organizationId: OrganizationId; readonly bookingId: BookingId },
): Promise<SoldBooking> => {
  const booking = await getBooking(deps, { bookingId, reader: { organizationId } });
  const [tickets, money] = await Promise.all([
    deps.tickets.listOfBooking(bookingId),
    soldMoneyOf(deps, booking),
  ]);
  return { ...forSeller(booking), tickets: tickets.map((ticket) => shown(ticket, booking)), money };
};

const shown = (ticket: Ticket, { userId }: Booking): SoldTicket => {
  const { id, unitId, label, ticketTypeName, attendeeName, status, generation, issuedAt, voidedAt } = ticket;
  return {
    ...{ id, unitId, label, ticketTypeName, attendeeName, status, generation, issuedAt, voidedAt },
    passedOn: ticket.holderId !== userId,
  };
};

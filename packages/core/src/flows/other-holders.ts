import type { Booking } from '../bookings/booking.ts';
import type { UserId } from '../shared/ids.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** Accounts that these tickets of a booking were passed on to, each once. */
export const otherHolders = (
  { userId }: Pick<Booking, 'userId'>,
  tickets: readonly Pick<Ticket, 'holderId'>[],
): UserId[] => [
  ...new Set(tickets.flatMap(({ holderId }) => (holderId === null || holderId === userId ? [] : [holderId]))),
];

import type { Booking, BookingLine, OwnBooking } from '../bookings/booking.ts';
import type { OrganizerSale } from '../bookings/organizer-sale.ts';
import type {
  BookingId,
  EventId,
  HoldId,
  Id,
  IdPrefix,
  OrganizationId,
  PaymentId,
  TicketTypeId,
  UserId,
} from '../shared/ids.ts';
import type { Ticket } from '../tickets/ticket.ts';

const idOf = <P extends IdPrefix>(prefix: P, n: number): Id<P> =>
  `${prefix}_01h455vb4pex5vsknk084s${String(n).padStart(4, '0')}` as Id<P>;

const buyerId: UserId = idOf('usr', 1);
const eventId: EventId = idOf('evt', 1);
const bookingId: BookingId = idOf('bkg', 1);
const organizationId: OrganizationId = idOf('org', 1);

const line = (n: number, typeName: string, amount: number, attendeeName: string | null): BookingLine => ({
  unitId: `s:seat-${n}`,
  label: `Stalls, row 4, seat ${n}`,
  priceCategory: 'stalls',
  ticketTypeId: idOf('tty', typeName === 'Adult' ? 1 : 2) satisfies TicketTypeId,
  ticketTypeName: typeName,
  amount,
  attendeeName,
  ticketId: idOf('tkt', n),
});

/** A confirmed booking of three seats for 117.00 EUR, in all its parts. */
export const sampleBooking = (over: Partial<OwnBooking> = {}): OwnBooking => ({
  id: bookingId,
  reference: 'EVT-7K3M9Q',
  eventId,
  organizationId,
  userId: buyerId,
  holdId: idOf('hld', 1) satisfies HoldId,
  status: 'confirmed',
  buyer: { name: 'Ada Lovelace', email: 'ada@example.org', phone: '+491700000000', statistics: null },
  lines: [
    line(12, 'Adult', 4_500, 'Ada Lovelace'),
    line(13, 'Adult', 4_500, null),
    line(14, 'Concession', 2_700, 'Byron'),
  ],
  total: { amount: 11_700, currency: 'EUR' },
  paymentId: idOf('pay', 1) satisfies PaymentId,
  payBy: new Date('2026-11-01T10:15:00Z'),
  closeReason: null,
  lateMoney: null,
  event: {
    title: 'The Winter Concert: Sibelius, Grieg and Nielsen',
    startsAt: { local: '2026-12-31T20:00', zone: 'Europe/Berlin', at: new Date('2026-12-31T19:00:00Z') },
    venueName: 'Great Hall',
    venueAddress: 'Am Markt 1, 04109 Leipzig, Germany',
  },
  revision: 2,
  createdAt: new Date('2026-11-01T10:00:00Z'),
  confirmedAt: new Date('2026-11-01T10:02:00Z'),
  endedAt: null,
  ...over,
});

/** That an organizer sold it over the counter. */
export const sampleSale: OrganizerSale = {
  channel: 'box_office',
  soldBy: idOf('usr', 2),
  person: buyerId,
  note: null,
  reason: null,
  limitOverride: null,
  from: null,
};

/** The tickets that finalizing the booking issues. */
export const sampleTickets = (booking: Booking): Ticket[] =>
  booking.lines.map(({ ticketId, unitId, label, ticketTypeId, ticketTypeName, attendeeName }) => ({
    id: ticketId,
    eventId: booking.eventId,
    organizationId: booking.organizationId,
    bookingId: booking.id,
    unitId,
    label,
    ticketTypeId,
    ticketTypeName,
    holderId: booking.userId,
    attendeeName,
    status: 'valid',
    generation: 1,
    issuedAt: new Date('2026-11-01T10:02:00Z'),
    voidedAt: null,
  }));

import type { Booking } from '../bookings/booking.ts';
import type { Payment } from '../payments/payment.ts';
import type { Id, IdPrefix } from '../shared/ids.ts';

const id = <P extends IdPrefix>(prefix: P): Id<P> => `${prefix}_${'1'.padStart(26, '0')}` as Id<P>;
const at = new Date('2026-05-01T10:00:00Z');

/** A pending booking of one seat for 50.00 EUR, made at 10:00 and to be paid by 10:15. */
export const pendingBooking = (change: Partial<Booking> = {}): Booking => ({
  id: id('bkg'),
  reference: 'EVT-ABC123',
  eventId: id('evt'),
  organizationId: id('org'),
  userId: id('usr'),
  holdId: id('hld'),
  status: 'pending',
  buyer: { name: 'Ada', email: 'ada@example.org', phone: null, statistics: null },
  lines: [
    {
      unitId: 's:g0',
      label: 'Stalls, row 1, seat 1',
      priceCategory: 'A',
      ticketTypeId: id('tty'),
      ticketTypeName: 'Adult',
      amount: 5_000,
      attendeeName: null,
      ticketId: id('tkt'),
    },
  ],
  total: { amount: 5_000, currency: 'EUR' },
  paymentId: id('pay'),
  payBy: new Date('2026-05-01T10:15:00Z'),
  closeReason: null,
  lateMoney: null,
  event: {
    title: 'A show',
    startsAt: { local: '2030-01-01T20:00', zone: 'Europe/Berlin', at: new Date('2030-01-01T19:00:00Z') },
    venueName: 'Town Hall',
    venueAddress: 'Main Street 1, Berlin, DE',
  },
  revision: 1,
  createdAt: at,
  confirmedAt: null,
  endedAt: null,
  ...change,
});

/** The payment of that booking, with its intent. */
export const createdPayment = (change: Partial<Payment> = {}): Payment => ({
  id: id('pay'),
  bookingId: id('bkg'),
  eventId: id('evt'),
  organizationId: id('org'),
  userId: id('usr'),
  status: 'created',
  due: { amount: 5_000, currency: 'EUR' },
  attempt: 0,
  intentId: 'pi_1',
  sealed: false,
  captured: 0,
  capturedCurrency: null,
  refundReserved: 0,
  lastDecline: null,
  createdAt: at,
  capturedAt: null,
  ...change,
});

import { newHoldId } from '../../testing/new-hold-id.ts';
import { AGREED, CANCELLED, NOBODYS } from './foreign-things.ts';
import type { TenancyTable } from './tenancy-table.ts';

export const bookingsTable: TenancyTable = {
  rows: {
    'bookings.checkout': ({ api, heldEventId, holdId, adult }) => [
      api.bookings.checkout.mutate({
        eventId: heldEventId,
        holdId,
        buyer: { name: 'Mallory', email: 'mallory@example.org' },
        lines: [{ unitId: 's:x', ticketTypeId: adult }],
      }),
    ],
    'bookings.bookOrQueue': ({ api, eventId, areaId, adult }) => [
      api.bookings.bookOrQueue.mutate({
        eventId,
        holdId: newHoldId(),
        entryId: NOBODYS.entryId,
        wish: { areaId, ticketTypeId: adult },
        quantity: 1,
        buyer: { name: 'Mallory', email: 'mallory@example.org' },
      }),
    ],
    'bookings.list': null,
    'bookings.get': ({ api, bookingId }) => [api.bookings.get.query({ bookingId })],
    'bookings.getSold': ({ api, organizationId, own, bookingId }) => [
      api.bookings.getSold.query({ organizationId, bookingId }),
      api.bookings.getSold.query({ ...own, bookingId }),
    ],
    'bookings.getSoldByReference': ({ api, organizationId, own, reference }) => [
      api.bookings.getSoldByReference.query({ organizationId, reference }),
      api.bookings.getSoldByReference.query({ ...own, reference }),
      api.bookings.getSoldByReference.query({ ...own, reference: 'EVT-000000' }),
    ],
    'bookings.listSold': ({ api, organizationId, own, heldEventId: eventId, importId }) => [
      api.bookings.listSold.query({ organizationId, eventId }),
      api.bookings.listSold.query({ organizationId: own.organizationId, eventId }),
      api.bookings.listSold.query({ ...own, importId }),
    ],
    'bookings.cancelPending': ({ api, bookingId }) => [api.bookings.cancelPending.mutate({ bookingId })],
    'bookings.forceRelease': ({ api, organizationId, own, bookingId }) => [
      api.bookings.forceRelease.mutate({ organizationId, bookingId }),
      api.bookings.forceRelease.mutate({ ...own, bookingId }),
    ],
    'bookings.quoteCancellation': ({ api, bookingId, ticketId }) => [
      api.bookings.quoteCancellation.query({ bookingId }),
      api.bookings.quoteCancellation.query({ bookingId, ticketIds: [ticketId] }),
    ],
    'bookings.quoteSoldCancellation': ({ api, organizationId, own, bookingId, ticketId }) => [
      api.bookings.quoteSoldCancellation.query({ organizationId, bookingId }),
      api.bookings.quoteSoldCancellation.query({ ...own, bookingId, ticketIds: [ticketId] }),
    ],
    'bookings.cancel': ({ api, bookingId, ticketId }) => [
      api.bookings.cancel.mutate({ bookingId, ticketIds: [ticketId], ...AGREED }),
      api.bookings.cancel.mutate({ bookingId, ...AGREED }),
    ],
    'bookings.cancelSold': ({ api, organizationId, own, bookingId, ticketId }) => [
      api.bookings.cancelSold.mutate({ organizationId, bookingId, ...CANCELLED }),
      api.bookings.cancelSold.mutate({ ...own, bookingId, ticketIds: [ticketId], ...CANCELLED }),
    ],
    'bookings.giveUpTicket': ({ api, ticketId }) => [
      api.bookings.giveUpTicket.mutate({ ticketId, refundId: NOBODYS.refundId }),
    ],
    'bookings.refunds': ({ api, bookingId }) => [api.bookings.refunds.query({ bookingId })],
    'bookings.tickets': ({ api, bookingId }) => [api.bookings.tickets.query({ bookingId })],
    'bookings.document': ({ api, bookingId }) => [
      api.bookings.document.query({ bookingId, kind: 'tickets' }),
      api.bookings.document.query({ bookingId, kind: 'receipt' }),
      api.bookings.document.query({ bookingId, kind: 'calendar' }),
    ],
    'bookings.resend': ({ api, bookingId }) => [
      api.bookings.resend.mutate({ bookingId, notificationId: NOBODYS.notificationId }),
      api.bookings.resend.mutate({
        bookingId,
        notificationId: NOBODYS.notificationId,
        email: 'm@example.org',
      }),
    ],
    'bookings.resendSold': ({ api, organizationId, own, bookingId }) => [
      api.bookings.resendSold.mutate({ organizationId, bookingId, notificationId: NOBODYS.notificationId }),
      api.bookings.resendSold.mutate({ ...own, bookingId, notificationId: NOBODYS.notificationId }),
    ],
    'bookings.correspondence': ({ api, organizationId, own, bookingId }) => [
      api.bookings.correspondence.query({ organizationId, bookingId }),
      api.bookings.correspondence.query({ ...own, bookingId }),
    ],
  },
  expected: {
    'bookings.checkout': 'hold.gone',
  },
};

import { idSchema, type MembershipId } from '@eventhorizon/core/shared/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiDeps } from '../api-deps.ts';
import { createApp } from '../app.ts';
import { newHoldId } from '../testing/new-hold-id.ts';
import { eventFields, openSale, venueFields } from '../testing/open-sale.ts';
import { type RecordedCall, routerFacts, unguarded, unprovenIds } from '../testing/router-facts.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, firstLive, refusalOf, signUp, type TestClient, testClient } from '../testing/test-client.ts';
import { attendeeProcedure } from '../trpc/procedures.ts';
import { t } from '../trpc/trpc.ts';
import { appRouter } from './app-router.ts';

/** Something of Alice's (an organizer's or a buyer's), and Mallory, who has an organization and an account of her own. */
type Things = Awaited<ReturnType<typeof openSale>> & {
  readonly api: TestClient;
  readonly foreignVisitor: TestClient;
  readonly own: { readonly organizationId: string; readonly eventId: string; readonly venueId: string };
  readonly sessionId: string;
  readonly bookingId: string;
  readonly reference: string;
  readonly ticketId: string;
  readonly paymentId: string;
  readonly holdId: string;
  readonly heldEventId: string;
  readonly membershipId: string;
  readonly invitationId: string;
  readonly houseHoldId: string;
  readonly soldBookingId: string;
  readonly soldRefundId: string;
  readonly importId: string;
  readonly entryId: string;
  readonly offerId: string;
  readonly transferId: string;
};

const LIST = {
  requestId: 'a-list-of-guests',
  content: 'name,ticket_type,area\nAda,Adult,Floor\n',
  settlement: { kind: 'complimentary', reason: 'guests' },
} as const;

const saleTo = (name: string, ticketTypeId: string, unitId = 's:x') => ({
  buyer: { name },
  lines: [{ unitId, ticketTypeId }],
  settlement: { kind: 'paid' as const, method: 'cash' as const },
  amount: 2_000,
});

const OTHER_TIMES = {
  startsAt: { local: '2030-01-01T20:00', zone: 'Europe/Berlin' },
  endsAt: { local: '2030-01-01T22:00', zone: 'Europe/Berlin' },
};

const NOBODYS = {
  organizationId: 'org_01h455vb4pex5vsknk084sn02q',
  incidentId: 'inc_01h455vb4pex5vsknk084sn02q',
  importId: 'imp_01h455vb4pex5vsknk084sn02q',
  refundId: 'rfd_01h455vb4pex5vsknk084sn02q',
  notificationId: 'ntf_01h455vb4pex5vsknk084sn02q',
  entryId: 'wle_01h455vb4pex5vsknk084sn02q',
  offerId: 'ofr_01h455vb4pex5vsknk084sn02q',
};

const AGREED = { refundId: NOBODYS.refundId, agreed: { amount: 0, currency: 'EUR' } };
const CANCELLED = { refundId: NOBODYS.refundId, money: { kind: 'nothing' as const }, reason: 'mine' };

/**
 * For each procedure that takes a thing with an owner: calls that name a foreign one, each of which must end as if there were no such
 * thing. `null`: it takes nothing that anybody owns. The procedures, and the ids that each takes, are read from the router: a new one
 * without a row fails, and so does an id that no call of its row names a foreign one of, unless OPEN says why.
 */
const rows: Record<string, null | ((things: Things) => Promise<unknown>[])> = {
  'auth.register': null,
  'auth.logIn': null,
  'auth.refresh': null,
  'auth.logOut': null,
  'auth.requestVerification': null,
  'auth.verifyEmail': null,
  'auth.requestPasswordReset': null,
  'auth.resetPassword': null,
  'auth.changePassword': null,
  'admin.claim': ({ api }) => [api.admin.claim.mutate({ code: 'a guess' })],
  'admin.getAccount': ({ api }) => [api.admin.getAccount.query({ account: 'alice' })],
  'admin.listAccounts': ({ api }) => [api.admin.listAccounts.query({ which: 'admins' })],
  'admin.listActs': ({ api }) => [api.admin.listActs.query({})],
  'admin.grant': ({ api }) => [api.admin.grant.mutate({ account: 'mallory' })],
  'admin.revoke': ({ api }) => [api.admin.revoke.mutate({ account: 'alice', reason: 'mine' })],
  'admin.suspend': ({ api }) => [api.admin.suspend.mutate({ account: 'alice', reason: 'mine' })],
  'admin.reinstate': ({ api }) => [api.admin.reinstate.mutate({ account: 'alice', reason: 'mine' })],
  'profile.get': null,
  'profile.update': null,
  'profile.sessions.list': null,
  'profile.sessions.revoke': ({ api, sessionId }) => [api.profile.sessions.revoke.mutate({ sessionId })],
  'profile.sessions.revokeOthers': null,
  'visitors.create': null,
  'organizations.create': null,
  'organizations.listMine': null,
  'organizations.get': ({ api, organizationId }) => [api.organizations.get.query({ organizationId })],
  'organizations.getPublic': null,
  'organizations.update': ({ api, organizationId }) => [
    api.organizations.update.mutate({ organizationId, changes: { name: 'Mine' } }),
  ],
  'members.list': ({ api, organizationId }) => [api.members.list.query({ organizationId })],
  'members.changeRole': ({ api, organizationId, own, membershipId }) => [
    api.members.changeRole.mutate({ organizationId, membershipId, role: 'analyst' }),
    api.members.changeRole.mutate({ ...own, membershipId, role: 'analyst' }),
  ],
  'members.remove': ({ api, organizationId, own, membershipId }) => [
    api.members.remove.mutate({ organizationId, membershipId }),
    api.members.remove.mutate({ ...own, membershipId }),
  ],
  'members.leave': ({ api, organizationId }) => [api.members.leave.mutate({ organizationId })],
  'members.transferOwnership': ({ api, organizationId, own, membershipId }) => [
    api.members.transferOwnership.mutate({ organizationId, membershipId }),
    api.members.transferOwnership.mutate({ ...own, membershipId }),
  ],
  'invitations.create': ({ api, organizationId }) => [
    api.invitations.create.mutate({ organizationId, email: 'mallory@example.org', role: 'manager' }),
  ],
  'invitations.list': ({ api, organizationId }) => [api.invitations.list.query({ organizationId })],
  'invitations.resend': ({ api, organizationId, own, invitationId }) => [
    api.invitations.resend.mutate({ organizationId, invitationId }),
    api.invitations.resend.mutate({ ...own, invitationId }),
  ],
  'invitations.withdraw': ({ api, organizationId, own, invitationId }) => [
    api.invitations.withdraw.mutate({ organizationId, invitationId }),
    api.invitations.withdraw.mutate({ ...own, invitationId }),
  ],
  'invitations.preview': null,
  'invitations.accept': null,
  'venues.create': ({ api, organizationId }) => [
    api.venues.create.mutate({ organizationId, ...venueFields }),
    api.venues.create.mutate({ ...NOBODYS, ...venueFields }),
  ],
  'venues.update': ({ api, organizationId, own, venueId }) => [
    api.venues.update.mutate({ organizationId, venueId, changes: { name: 'Mine' } }),
    api.venues.update.mutate({ ...own, venueId, changes: { name: 'Mine' } }),
  ],
  'venues.get': ({ api, organizationId, own, venueId }) => [
    api.venues.get.query({ organizationId, venueId }),
    api.venues.get.query({ ...own, venueId }),
  ],
  'venues.list': ({ api, organizationId }) => [api.venues.list.query({ organizationId })],
  'venues.importSeatMap': ({ api, organizationId, own, venueId }) => [
    api.venues.importSeatMap.mutate({ organizationId, venueId, format: 'csv', content: '' }),
    api.venues.importSeatMap.mutate({ ...own, venueId, format: 'csv', content: '' }),
  ],
  'seatMaps.get': ({ api, organizationId, own, seatMapId }) => [
    api.seatMaps.get.query({ organizationId, seatMapId }),
    api.seatMaps.get.query({ ...own, seatMapId }),
  ],
  'seatMaps.list': ({ api, organizationId, own, venueId }) => [
    api.seatMaps.list.query({ organizationId, venueId }),
    api.seatMaps.list.query({ ...own, venueId }),
  ],
  'seatMaps.listSeats': ({ api, organizationId, own, seatMapId }) => [
    api.seatMaps.listSeats.query({ organizationId, seatMapId }),
    api.seatMaps.listSeats.query({ ...own, seatMapId }),
  ],
  'events.create': ({ api, organizationId, own, venueId, seatMapId }) => [
    api.events.create.mutate({ organizationId, venueId, ...eventFields }),
    api.events.create.mutate({ organizationId: own.organizationId, venueId, ...eventFields }),
    api.events.create.mutate({ ...own, seatMapId, ...eventFields }),
  ],
  'events.update': ({ api, organizationId, own, eventId, venueId, seatMapId }) => [
    api.events.update.mutate({ organizationId, eventId, changes: { title: 'Mine' } }),
    api.events.update.mutate({ ...own, eventId, changes: { title: 'Mine' } }),
    api.events.update.mutate({ ...own, changes: { venueId } }),
    api.events.update.mutate({ ...own, changes: { seatMapId } }),
  ],
  'events.publish': ({ api, organizationId, own, eventId }) => [
    api.events.publish.mutate({ organizationId, eventId }),
    api.events.publish.mutate({ ...own, eventId }),
  ],
  'events.unpublish': ({ api, organizationId, own, eventId }) => [
    api.events.unpublish.mutate({ organizationId, eventId }),
    api.events.unpublish.mutate({ ...own, eventId }),
  ],
  'events.cancel': ({ api, organizationId, own, eventId }) => [
    api.events.cancel.mutate({ organizationId, eventId, reason: 'mine', title: 'Theirs' }),
    api.events.cancel.mutate({ ...own, eventId, reason: 'mine', title: 'Theirs' }),
  ],
  'events.postpone': ({ api, organizationId, own, eventId }) => [
    api.events.postpone.mutate({ organizationId, eventId }),
    api.events.postpone.mutate({ ...own, eventId }),
  ],
  'events.reschedule': ({ api, organizationId, own, eventId }) => [
    api.events.reschedule.mutate({ organizationId, eventId, ...OTHER_TIMES }),
    api.events.reschedule.mutate({ ...own, eventId, ...OTHER_TIMES }),
  ],
  'events.progress': ({ api, organizationId, own, eventId }) => [
    api.events.progress.query({ organizationId, eventId }),
    api.events.progress.query({ ...own, eventId }),
  ],
  'events.delete': ({ api, organizationId, own, eventId }) => [
    api.events.delete.mutate({ organizationId, eventId }),
    api.events.delete.mutate({ ...own, eventId }),
  ],
  'events.setAreaCapacity': ({ api, organizationId, own, eventId, areaId }) => [
    api.events.setAreaCapacity.mutate({ organizationId, eventId, areaId, capacity: 1 }),
    api.events.setAreaCapacity.mutate({ ...own, eventId, areaId, capacity: 1 }),
    api.events.setAreaCapacity.mutate({ ...own, areaId, capacity: 1 }),
  ],
  'events.get': ({ api, organizationId, own, eventId }) => [
    api.events.get.query({ organizationId, eventId }),
    api.events.get.query({ ...own, eventId }),
  ],
  'events.list': ({ api, organizationId }) => [api.events.list.query({ organizationId })],
  // Public, but a draft is its organizer's alone.
  'events.getPublic': ({ api, eventId }) => [api.events.getPublic.query({ eventId })],
  'events.listPublic': null,
  'events.listSeats': ({ api, eventId }) => [api.events.listSeats.query({ eventId })],
  'availability.get': null,
  // Public, but a draft is its organizer's alone.
  'waitingRoom.join': ({ api, eventId }) => [api.waitingRoom.join.mutate({ eventId })],
  'waitingRoom.look': ({ api, eventId }) => [api.waitingRoom.look.query({ eventId })],
  'waitingRoom.get': ({ api, organizationId, own, eventId }) => [
    api.waitingRoom.get.query({ organizationId, eventId }),
    api.waitingRoom.get.query({ ...own, eventId }),
  ],
  ...Object.fromEntries(
    (['open', 'pause', 'resume', 'letEverybodyIn'] as const).map((name) => [
      `waitingRoom.${name}`,
      ({ api, organizationId, own, eventId }: Things) => [
        api.waitingRoom[name].mutate({ organizationId, eventId }),
        api.waitingRoom[name].mutate({ ...own, eventId }),
      ],
    ]),
  ),
  'waitingRoom.setRate': ({ api, organizationId, own, eventId }) => [
    api.waitingRoom.setRate.mutate({ organizationId, eventId, turnsPerMinute: 1 }),
    api.waitingRoom.setRate.mutate({ ...own, eventId, turnsPerMinute: 1 }),
  ],
  'availability.live': ({ api, eventId }) => [firstLive(api, eventId)],
  'holds.place': null,
  'holds.extend': ({ foreignVisitor, heldEventId, holdId }) => [
    foreignVisitor.holds.extend.mutate({ eventId: heldEventId, holdId }),
  ],
  'holds.release': null,
  'holds.adopt': ({ foreignVisitor, heldEventId, holdId }) => [
    foreignVisitor.holds.adopt.mutate({ eventId: heldEventId, holdId }),
  ],
  'holds.get': ({ api, foreignVisitor, heldEventId, holdId }) => [
    foreignVisitor.holds.get.query({ eventId: heldEventId, holdId }),
    api.holds.get.query({ eventId: heldEventId, holdId }),
  ],
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
    api.bookings.listSold.query({ ...own, eventId }),
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
    api.bookings.resend.mutate({ bookingId, notificationId: NOBODYS.notificationId, email: 'm@example.org' }),
  ],
  'bookings.resendSold': ({ api, organizationId, own, bookingId }) => [
    api.bookings.resendSold.mutate({ organizationId, bookingId, notificationId: NOBODYS.notificationId }),
    api.bookings.resendSold.mutate({ ...own, bookingId, notificationId: NOBODYS.notificationId }),
  ],
  'bookings.correspondence': ({ api, organizationId, own, bookingId }) => [
    api.bookings.correspondence.query({ organizationId, bookingId }),
    api.bookings.correspondence.query({ ...own, bookingId }),
  ],
  'waitlist.join': ({ api, eventId, areaId, adult }) => [
    api.waitlist.join.mutate({
      eventId,
      entryId: NOBODYS.entryId,
      wish: { areaId, ticketTypeId: adult },
      quantity: 1,
      buyer: { name: 'Mallory', email: 'mallory@example.org' },
    }),
  ],
  'waitlist.listMine': null,
  'waitlist.reduce': ({ api, entryId }) => [api.waitlist.reduce.mutate({ entryId, quantity: 1 })],
  'waitlist.leave': ({ api, entryId }) => [api.waitlist.leave.mutate({ entryId })],
  'waitlist.getOffer': ({ api, offerId }) => [api.waitlist.getOffer.query({ offerId })],
  'waitlist.accept': ({ api, offerId, adult }) => [
    api.waitlist.accept.mutate({ offerId, lines: [{ unitId: 's:x', ticketTypeId: adult }] }),
  ],
  'waitlist.decline': ({ api, offerId }) => [api.waitlist.decline.mutate({ offerId })],
  'waitlist.list': ({ api, organizationId, own, eventId }) => [
    api.waitlist.list.query({ organizationId, eventId }),
    api.waitlist.list.query({ ...own, eventId }),
  ],
  'waitlist.get': ({ api, organizationId, own, eventId }) => [
    api.waitlist.get.query({ organizationId, eventId }),
    api.waitlist.get.query({ ...own, eventId }),
  ],
  ...Object.fromEntries(
    (['pause', 'resume'] as const).map((name) => [
      `waitlist.${name}`,
      ({ api, organizationId, own, eventId }: Things) => [
        api.waitlist[name].mutate({ organizationId, eventId }),
        api.waitlist[name].mutate({ ...own, eventId }),
      ],
    ]),
  ),
  'waitlist.offer': ({ api, organizationId, own, entryId, offerId }) => [
    api.waitlist.offer.mutate({ organizationId, entryId, offerId: NOBODYS.offerId }),
    api.waitlist.offer.mutate({ ...own, entryId, offerId: NOBODYS.offerId }),
    api.waitlist.offer.mutate({ ...own, entryId, offerId }),
  ],
  'waitlist.withdraw': ({ api, organizationId, own, offerId }) => [
    api.waitlist.withdraw.mutate({ organizationId, offerId }),
    api.waitlist.withdraw.mutate({ ...own, offerId }),
  ],
  'waitlist.remove': ({ api, organizationId, own, entryId }) => [
    api.waitlist.remove.mutate({ organizationId, entryId, reason: 'mine' }),
    api.waitlist.remove.mutate({ ...own, entryId, reason: 'mine' }),
  ],
  'tickets.listMine': null,
  'tickets.get': ({ api, ticketId }) => [api.tickets.get.query({ ticketId })],
  'tickets.document': ({ api, ticketId }) => [
    api.tickets.document.query({ ticketId, kind: 'tickets' }),
    api.tickets.document.query({ ticketId, kind: 'calendar' }),
  ],
  'tickets.holders': ({ api, organizationId, own, ticketId }) => [
    api.tickets.holders.query({ organizationId, ticketId }),
    api.tickets.holders.query({ ...own, ticketId }),
  ],
  'transfers.start': ({ api, ticketId }) => [
    api.transfers.start.mutate({ ticketId, email: 'mallory@example.org' }),
  ],
  'transfers.list': null,
  'transfers.resend': ({ api, transferId }) => [api.transfers.resend.mutate({ transferId })],
  'transfers.withdraw': ({ api, transferId }) => [api.transfers.withdraw.mutate({ transferId })],
  'transfers.preview': null,
  'transfers.accept': null,
  'transfers.decline': null,
  'payments.config': null,
  'payments.list': null,
  'payments.resume': ({ api, bookingId }) => [api.payments.resume.mutate({ bookingId })],
  'payments.sync': ({ api, bookingId }) => [api.payments.sync.mutate({ bookingId })],
  'payments.refund': ({ api, organizationId, own, paymentId }) => [
    api.payments.refund.mutate({ organizationId, paymentId, refundId: NOBODYS.refundId, amount: 1 }),
    api.payments.refund.mutate({ ...own, paymentId, refundId: NOBODYS.refundId, amount: 1 }),
  ],
  'payments.ofBooking': ({ api, organizationId, own, bookingId }) => [
    api.payments.ofBooking.query({ organizationId, bookingId }),
    api.payments.ofBooking.query({ ...own, bookingId }),
  ],
  'payments.paidBack': ({ api, organizationId, own, soldRefundId: refundId }) => [
    api.payments.paidBack.mutate({ organizationId, refundId }),
    api.payments.paidBack.mutate({ ...own, refundId }),
  ],
  'boxOffice.hold': ({ api, organizationId, own, heldEventId: eventId, areaId }) => {
    const selections = [{ kind: 'places' as const, areaId, quantity: 1 }];
    const holdId = newHoldId();
    return [
      api.boxOffice.hold.mutate({ organizationId, eventId, holdId, selections }),
      api.boxOffice.hold.mutate({ organizationId: own.organizationId, eventId, holdId, selections }),
    ];
  },
  'boxOffice.release': ({ api, organizationId, heldEventId: eventId, houseHoldId: holdId }) => [
    api.boxOffice.release.mutate({ organizationId, eventId, holdId }),
  ],
  'boxOffice.sell': ({ api, organizationId, heldEventId: eventId, houseHoldId: holdId, adult }) => [
    api.boxOffice.sell.mutate({ ...saleTo('Mallory', adult), organizationId, eventId, holdId }),
  ],
  'boxOffice.document': ({ api, organizationId, own, soldBookingId: bookingId }) => [
    api.boxOffice.document.query({ organizationId, bookingId, kind: 'tickets' }),
    api.boxOffice.document.query({ ...own, bookingId, kind: 'tickets' }),
  ],
  'attendees.import': ({ api, organizationId, own, heldEventId: eventId }) => [
    api.attendees.import.mutate({ ...LIST, organizationId, eventId }),
    api.attendees.import.mutate({ ...LIST, organizationId: own.organizationId, eventId }),
  ],
  'attendees.list': ({ api, organizationId, own, heldEventId: eventId }) => [
    api.attendees.list.query({ organizationId, eventId }),
    api.attendees.list.query({ organizationId: own.organizationId, eventId }),
  ],
  'attendees.get': ({ api, organizationId, own, importId }) => [
    api.attendees.get.query({ organizationId, importId }),
    api.attendees.get.query({ ...own, importId }),
  ],
  'attendees.cancel': ({ api, organizationId, own, importId }) => [
    api.attendees.cancel.mutate({ organizationId, importId }),
    api.attendees.cancel.mutate({ ...own, importId }),
  ],
  'attendees.resume': ({ api, organizationId, own, importId }) => [
    api.attendees.resume.mutate({ organizationId, importId }),
    api.attendees.resume.mutate({ ...own, importId }),
  ],
  'attendees.report': ({ api, organizationId, own, importId }) => [
    api.attendees.report.query({ organizationId, importId }),
    api.attendees.report.query({ ...own, importId }),
  ],
  'attendees.document': ({ api, organizationId, own, importId }) => [
    api.attendees.document.query({ organizationId, importId }),
    api.attendees.document.query({ ...own, importId }),
  ],
  'attendees.mail': ({ api, organizationId, own, importId }) => [
    api.attendees.mail.mutate({ organizationId, importId }),
    api.attendees.mail.mutate({ ...own, importId }),
  ],
  'incidents.list': ({ api, organizationId }) => [api.incidents.list.query({ organizationId })],
  'incidents.resolveMismatch': ({ api, organizationId, own }) => [
    api.incidents.resolveMismatch.mutate({ ...NOBODYS, organizationId, decision: 'confirm' }),
    api.incidents.resolveMismatch.mutate({ ...NOBODYS, ...own, decision: 'confirm' }),
  ],
  'incidents.resolve': ({ api, organizationId, own }) => [
    api.incidents.resolve.mutate({ ...NOBODYS, organizationId, note: 'mine' }),
    api.incidents.resolve.mutate({ ...NOBODYS, ...own, note: 'mine' }),
  ],
  'incidents.acknowledge': ({ api, organizationId, own }) => [
    api.incidents.acknowledge.mutate({ ...NOBODYS, organizationId, note: 'mine' }),
    api.incidents.acknowledge.mutate({ ...NOBODYS, ...own, note: 'mine' }),
  ],
};

const PUBLIC = 'what is published is everybody’s';
const FOREIGN_HOLD = 'a hold of somebody else is sold and released by nobody: see the last test';
const MINTED = 'minted by the caller';
const WITHIN = 'names a part of the event that the same call names, and is kept with that event only';

/** Ids of which a foreign one is no intrusion, and why. */
const OPEN: Record<string, string> = {
  'availability.get eventId': PUBLIC,
  'events.listPublic organizationId': PUBLIC,
  'holds.place eventId': PUBLIC,
  'holds.place selections[].areaId': WITHIN,
  'incidents.list eventId': 'a filter within what the same call names the organization of',
  'holds.place holdId': MINTED,
  'holds.release eventId': PUBLIC,
  'holds.release holdId': FOREIGN_HOLD,
  'boxOffice.release eventId': FOREIGN_HOLD,
  'boxOffice.release holdId': FOREIGN_HOLD,
  'boxOffice.sell eventId': FOREIGN_HOLD,
  'boxOffice.sell holdId': FOREIGN_HOLD,
  'boxOffice.sell lines[].ticketTypeId': FOREIGN_HOLD,
  'events.create areas[].id': WITHIN,
  'events.create refundPolicy.exceptions[].ticketTypeId': WITHIN,
  'events.update changes.refundPolicy.exceptions[].ticketTypeId': WITHIN,
  'events.create ticketTypes[].id': WITHIN,
  'events.update changes.areas[].id': WITHIN,
  'events.update changes.ticketTypes[].id': WITHIN,
};

/**
 * A hold is somebody's by its owner only, so a foreign one is gone rather than not found: neither says whether it exists. Nobody but
 * admins is told anything by their procedures, whatever is named.
 */
const EXPECTED: Record<string, string> = {
  'admin.claim': 'admin.wrong_code',
  'admin.getAccount': 'admin.required',
  'admin.listAccounts': 'admin.required',
  'admin.listActs': 'admin.required',
  'admin.grant': 'admin.required',
  'admin.revoke': 'admin.required',
  'admin.suspend': 'admin.required',
  'admin.reinstate': 'admin.required',
  'holds.extend': 'hold.gone',
  'holds.adopt': 'hold.gone',
  'holds.get': 'hold.gone',
  'bookings.checkout': 'hold.gone',
};

const visitorClient = async (
  api: TestApi,
  headers: Record<string, string> = {},
  onCall?: typeof record,
): Promise<TestClient> => {
  const { visitorToken } = await testClient(api.url).visitors.create.mutate();
  return testClient(api.url, { ...headers, 'x-visitor': visitorToken }, onCall);
};

/** What an organizer has of the sale that it makes for others: a hold, a booking with a refund, an import. */
const soldForOthers = async (owner: TestClient, sale: Awaited<ReturnType<typeof openSale>>) => {
  const { organizationId, eventId, adult } = sale;
  const [houseHoldId, soldHoldId] = [newHoldId(), newHoldId()];
  const best = [{ kind: 'best' as const, priceCategory: 'Back', quantity: 1 }];
  const of = { organizationId, eventId };
  await owner.boxOffice.hold.mutate({ ...of, holdId: houseHoldId, selections: best });
  const { units } = await owner.boxOffice.hold.mutate({ ...of, holdId: soldHoldId, selections: best });
  const booking = await owner.boxOffice.sell.mutate({
    ...of,
    ...saleTo('Cleo', adult, units[0]?.unitId),
    holdId: soldHoldId,
    amount: 3_000,
  });
  const refund = await owner.payments.refund.mutate({
    organizationId,
    paymentId: booking.paymentId ?? '',
    refundId: newHoldId().replace('hld', 'rfd'),
    amount: 1,
  });
  const { import: started } = await owner.attendees.import.mutate({ ...of, ...LIST });
  return {
    houseHoldId,
    soldBookingId: booking.id,
    ticketId: booking.lines[0]?.ticketId ?? '',
    soldRefundId: refund.id,
    importId: started?.id ?? '',
  };
};

/** Bea waits for more tickets than the house has. */
const waitingFor = async (api: TestClient, { eventId }: Awaited<ReturnType<typeof openSale>>) => {
  const wish = { priceCategory: 'Front' };
  const buyer = { name: 'Bea', email: 'bea@example.org' };
  const entryId = newHoldId().replace('hld', 'wle');
  // Ten seats are ten too few when one is held.
  const held = {
    eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'best' as const, quantity: 1, ...wish }],
  };
  await api.holds.place.mutate(held);
  const { id } = await api.waitlist.join.mutate({ eventId, entryId, wish, quantity: 10, buyer });
  return id;
};

/** Bea has an offer; what it is of does not matter here. */
const offeredTo = async (
  userId: string,
  { organizationId, eventId }: Awaited<ReturnType<typeof openSale>>,
) => {
  const [offerId, entryId] = [newHoldId().replace('hld', 'ofr'), newHoldId().replace('hld', 'wle')];
  await api.database.db.collection<{ _id: string }>('waitlistOffers').insertOne({
    _id: offerId,
    ...{
      entryId,
      eventId,
      organizationId,
      userId,
      status: 'open',
      units: [],
      expiresAt: new Date('2099-01-01'),
    },
  });
  return offerId;
};

/** A ticket of that booking in Alice's hands, on its way to a guest. */
const sentOn = async (alice: TestClient, userId: string, bookingId: string) => {
  const tickets = api.database.db.collection<{ _id: string }>('tickets');
  const ticket = await tickets.findOneAndUpdate({ bookingId }, { $set: { holderId: userId } });
  const ticketId = ticket?._id ?? '';
  const { id } = await alice.transfers.start.mutate({ ticketId, email: 'guest@example.org' });
  return { ticketId, transferId: id };
};

const facts = routerFacts(appRouter);
let api: TestApi;
let things: Things;
let mallorysToken: string;
let alices: TestClient;
/** What Mallory called, by either client. */
const calls: RecordedCall[] = [];
const record = (call: RecordedCall) => void calls.push(call);

beforeAll(async () => {
  api = await testApi();
  const alice = await signUp(api.url, 'alice');
  // Who invites has confirmed an address.
  await api.database.db
    .collection('users')
    .updateOne({ usernameKey: 'alice' }, { $set: { emailVerifiedAt: new Date() } });
  const onSale = await openSale(alice.api);
  const draft = await openSale(alice.api, { draft: true });
  const mallory = await signUp(api.url, 'mallory');
  mallorysToken = mallory.accessToken;
  alices = alice.api;
  const own = await openSale(mallory.api, { draft: true });

  const buyer = await signUp(api.url, 'bea');
  const sold = newHoldId();
  const places = [{ kind: 'places', areaId: onSale.areaId, quantity: 1 }] as const;
  const held = await buyer.api.holds.place.mutate({
    eventId: onSale.eventId,
    holdId: sold,
    selections: [...places],
  });
  const { booking } = await buyer.api.bookings.checkout.mutate({
    eventId: onSale.eventId,
    holdId: sold,
    buyer: { name: 'Bea', email: 'bea@example.org' },
    lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: onSale.adult })),
  });
  const visitor = await visitorClient(api);
  const holdId = newHoldId();
  await visitor.holds.place.mutate({ eventId: onSale.eventId, holdId, selections: [...places] });

  const { organizationId, eventId, venueId } = own;
  const { items: members } = await alice.api.members.list.query({ organizationId: draft.organizationId });
  const invitation = await alice.api.invitations.create.mutate({
    organizationId: draft.organizationId,
    email: 'guest@example.org',
    role: 'scanner',
  });
  const [session] = await alice.api.profile.sessions.list.query();
  const forOthers = await soldForOthers(alice.api, onSale);
  things = {
    ...draft,
    api: testClient(api.url, bearer(mallory.accessToken), record),
    foreignVisitor: await visitorClient(api, bearer(mallory.accessToken), record),
    own: { organizationId, eventId, venueId },
    sessionId: session?.sessionId ?? '',
    bookingId: booking.id,
    reference: booking.reference,
    paymentId: booking.paymentId ?? '',
    holdId,
    heldEventId: onSale.eventId,
    membershipId: members[0]?.id ?? '',
    invitationId: invitation.id,
    adult: onSale.adult,
    entryId: await waitingFor(buyer.api, onSale),
    offerId: await offeredTo(buyer.userId, onSale),
    ...forOthers,
    ...(await sentOn(alice.api, alice.userId, forOthers.soldBookingId)),
  };
}, 120_000);
afterAll(async () => api[Symbol.asyncDispose]());

describe('tenancy', () => {
  it('every procedure says in this table what of others it takes', () => {
    expect(Object.keys(rows).sort()).toEqual(facts.map(({ path }) => path).sort());
  });

  it('every procedure that takes an organization’s id looks for a membership in it', () => {
    expect(unguarded(facts).filter((path) => !(`${path} organizationId` in OPEN))).toEqual([]);
  });

  it.each(Object.entries(rows).flatMap(([name, calls]) => (calls === null ? [] : [{ name, calls }])))(
    '$name treats what is foreign as what does not exist',
    async ({ name, calls }) => {
      const outcomes = await Promise.all(calls(things).map(refusalOf));
      expect(outcomes.map(({ code }) => code)).toEqual(
        outcomes.map(() => EXPECTED[name] ?? 'thing.not_found'),
      );
    },
  );

  it('of every id that a procedure takes a foreign one was tried, or is said to be open', () => {
    expect(unprovenIds(facts, calls, new Set(Object.values(things.own))).sort()).toEqual(
      Object.keys(OPEN).sort(),
    );
  });

  it('twin: a procedure built without the membership check, or with an id that no call varies, is seen', () => {
    const input = z.object({
      organizationId: idSchema('org'),
      deep: z.array(z.object({ to: idSchema('evt') })),
    });
    const leaky = routerFacts(
      t.router({ leak: attendeeProcedure.input(input).query(() => 'shown'), fine: appRouter.venues.list }),
    );
    expect(unguarded(leaky)).toEqual(['leak']);
    const own = new Set(['org_mine', 'evt_mine']);
    const call = (organizationId: string, to: string) => ({
      path: 'leak',
      input: { organizationId, deep: [{ to }] },
    });
    const unproven = (...made: RecordedCall[]) => unprovenIds(leaky.slice(0, 1), made, own);
    expect(unproven(call('org_theirs', 'evt_theirs'))).toEqual(['leak deep[].to']);
    expect(unproven(call('org_mine', 'evt_theirs'))).toEqual(['leak organizationId']);
    expect(unproven(call('org_theirs', 'evt_mine'), call('org_mine', 'evt_theirs'))).toEqual([]);
  });

  it('their owner is let in by the same ids', async () => {
    const { organizationId, venueId, seatMapId, eventId } = things;
    await alices.venues.get.query({ organizationId, venueId });
    await alices.seatMaps.get.query({ organizationId, seatMapId });
    await alices.events.get.query({ organizationId, eventId });
  });

  it('twin: with everybody taken for a member, a foreign event is shown', async () => {
    const { organizationId, eventId } = things;
    const memberships: ApiDeps['memberships'] = {
      ...api.deps.memberships,
      find: async (organization, userId) => ({
        id: 'mbr_01h455vb4pex5vsknk084sn02q' as MembershipId,
        organizationId: organization,
        userId,
        role: 'owner',
        createdAt: new Date(0),
      }),
    };
    const input = encodeURIComponent(JSON.stringify({ organizationId, eventId }));
    const answer = await createApp({ ...api.deps, memberships }).request(`/trpc/events.get?input=${input}`, {
      headers: bearer(mallorysToken),
    });
    expect(answer.status).toBe(200);
  });

  it('releasing a foreign hold says the same as releasing none, and frees nothing', async () => {
    const { foreignVisitor, heldEventId: eventId, holdId } = things;
    const heldNow = async () => {
      const { pools } = await things.api.availability.get.query({ eventId });
      return pools.reduce((sum, { held }) => sum + held, 0);
    };
    const before = await heldNow();
    expect(before).toBeGreaterThan(1);
    const { own, houseHoldId, adult } = things;
    const ofTheirs = { organizationId: own.organizationId, eventId, holdId: houseHoldId };
    await foreignVisitor.holds.release.mutate({ eventId, holdId });
    await things.api.boxOffice.release.mutate(ofTheirs);
    expect(
      await refusalOf(things.api.boxOffice.sell.mutate({ ...saleTo('Mallory', adult), ...ofTheirs })),
    ).toMatchObject({ code: 'hold.gone' });
    expect(await heldNow()).toBe(before);
  });
});

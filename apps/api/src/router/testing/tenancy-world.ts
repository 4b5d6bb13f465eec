import { newHoldId } from '../../testing/new-hold-id.ts';
import { openSale } from '../../testing/open-sale.ts';
import type { RecordedCall } from '../../testing/router-facts.ts';
import { type TestApi, testApi } from '../../testing/test-api.ts';
import { bearer, signUp, type TestClient, testClient } from '../../testing/test-client.ts';
import { LIST, saleTo } from './foreign-things.ts';

/** Something of Alice's (an organizer's or a buyer's), and Mallory, who has an organization and an account of her own. */
export type Things = Awaited<ReturnType<typeof openSale>> & {
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

const visitorClient = async (
  api: TestApi,
  headers: Record<string, string> = {},
  onCall?: (call: RecordedCall) => void,
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
  api: TestApi,
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
const sentOn = async (api: TestApi, alice: TestClient, userId: string, bookingId: string) => {
  const tickets = api.database.db.collection<{ _id: string }>('tickets');
  const ticket = await tickets.findOneAndUpdate({ bookingId }, { $set: { holderId: userId } });
  const ticketId = ticket?._id ?? '';
  const { id } = await alice.transfers.start.mutate({ ticketId, email: 'guest@example.org' });
  return { ticketId, transferId: id };
};

/** An API with Alice's things in it, and what Mallory calls: `calls` grows by each, of either client. */
export const tenancyWorld = async () => {
  const api = await testApi();
  const calls: RecordedCall[] = [];
  const record = (call: RecordedCall) => void calls.push(call);
  const alice = await signUp(api.url, 'alice');
  // Who invites has confirmed an address.
  await api.database.db
    .collection('users')
    .updateOne({ usernameKey: 'alice' }, { $set: { emailVerifiedAt: new Date() } });
  const onSale = await openSale(alice.api);
  const draft = await openSale(alice.api, { draft: true });
  const mallory = await signUp(api.url, 'mallory');
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
  const things: Things = {
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
    offerId: await offeredTo(api, buyer.userId, onSale),
    ...forOthers,
    ...(await sentOn(api, alice.api, alice.userId, forOthers.soldBookingId)),
  };
  return { api, things, calls, alices: alice.api, mallorysToken: mallory.accessToken };
};

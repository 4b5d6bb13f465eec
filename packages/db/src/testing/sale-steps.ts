import type { BookingStatus } from '@eventhorizon/core/bookings/booking';
import { cancelBooking } from '@eventhorizon/core/flows/cancel-booking';
import { cancelEvent } from '@eventhorizon/core/flows/cancel-event';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { declineOffer } from '@eventhorizon/core/flows/decline-offer';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { offerByHand } from '@eventhorizon/core/flows/offer-by-hand';
import { quoteCancellation } from '@eventhorizon/core/flows/quote-cancellation';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import { sellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import type { Hold } from '@eventhorizon/core/holds/hold';
import { followAddress } from '@eventhorizon/core/identity/follow-address';
import type { Intent } from '@eventhorizon/core/payments/ports';
import { quoteFor } from '@eventhorizon/core/pricing/quote';
import type { BookingId } from '@eventhorizon/core/shared/ids';
import { mongoEvents } from '../mongo/events.ts';
import { seatsPick } from '../redis/testing/inventory-fixture.ts';
import { newId } from './new-id.ts';
import { runJobs } from './run-jobs.ts';
import { type Memory, type ModelWorld, pick, refundsAt, type Step, settle } from './sale-model.ts';

type HoldOwner = Hold['owner'];

/** More than the time to pay. */
const LATER_MS = 20 * 60_000;
/** More than an offer lasts. */
const OFFERS_LAPSE_MS = 13 * 3_600_000;
const REFUND_NEWS = ['pending', 'succeeded', 'failed', 'cancelled'] as const;

const unitsFrom = ({ inventory }: ModelWorld, n: number, m: number) => {
  const all = [...[0, 1, 2].map(inventory.seat), inventory.place(1)];
  return [...new Set(Array.from({ length: 1 + (m % 3) }, (_, i) => all[(n + i) % all.length]))].filter(
    (unit) => unit !== undefined,
  );
};

const bookingAt = async (
  world: ModelWorld,
  memory: Memory,
  n: number,
  ...statuses: readonly BookingStatus[]
) => {
  const bookings = await Promise.all(memory.bookings.map((id) => world.deps.bookings.find(id)));
  return pick(
    bookings.filter((booking) => booking !== null).filter(({ status }) => statuses.includes(status)),
    n,
  );
};

const intentAt = ({ gateway }: ModelWorld, n: number, ...statuses: readonly Intent['status'][]) =>
  pick(
    [...gateway.intents.values()].filter(({ status }) => statuses.includes(status)),
    n,
  );

/** It is stored now, or comes only later, or never: `webhook` delivers anything again. */
const tell = async (
  world: ModelWorld,
  memory: Memory,
  about: Parameters<typeof world.gateway.delivery>[0],
  now: boolean,
) => {
  const delivery = world.gateway.delivery(about);
  memory.deliveries.push(delivery);
  if (now) await receiveWebhook(world.deps, delivery);
};

const remember = (memory: Memory, id: BookingId): void => {
  if (!memory.bookings.includes(id)) memory.bookings.push(id);
};

/** The way of most buyers. */
const buy: Step = async (world, memory, n, m) => {
  const hold = await place(world, memory, n, m);
  if (hold === null) return;
  const { booking } = await checkout(world.deps, world.command(hold));
  remember(memory, booking.id);
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  if (intent !== undefined) await tell(world, memory, world.gateway.pay(intent.id), true);
  await runJobs(world, { only: ['booking.finalize'] });
};

const place = async (
  world: ModelWorld,
  memory: Memory,
  n: number,
  m: number,
  owner: HoldOwner = pick([...memory.people, memory.dan], m)?.id ?? newId('usr'),
) => {
  const units = unitsFrom(world, n, m);
  const categories = new Set(units.map((unit) => world.inventory.layout.poolOf(unit).priceCategory));
  const quote = quoteFor(world.event, categories);
  const placed = await world.inventory.holds.place(
    world.inventory.request([seatsPick(units)], { owner, quote }),
  );
  if (placed.outcome !== 'held') return null;
  memory.holds.push(placed.hold);
  return placed.hold;
};

/** Over the counter, to Dan's address. */
const sellToDan: Step = async (world, memory, n, m) => {
  const { organizationId, ticketTypes } = world.event;
  const [type] = ticketTypes;
  const access = { organizationId, userId: newId('usr'), role: 'owner' } as const;
  const hold = await place(world, { ...memory, holds: [] }, n, m, organizationId);
  if (hold === null || type === undefined) return;
  const { holds, mirror } = world.inventory;
  const booking = await sellAtBoxOffice(
    { ...world.deps, holds, mirror },
    {
      organizationId,
      eventId: hold.eventId,
      holdId: hold.id,
      access,
      channel: 'box_office',
      buyer: { name: 'Dan', email: memory.dan.email, phone: null },
      settlement: { kind: 'complimentary', reason: 'press' },
      amount: 0,
      note: null,
      limitOverride: null,
      accountNotTheirs: n === 11,
      mail: true,
      lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId: type.id, attendeeName: null })),
    },
  );
  remember(memory, booking.id);
};

const danProves: Step = async ({ deps, users }, { dan }) =>
  deps.unitOfWork.run(async (tx) => {
    const at = deps.clock.now();
    await users.markEmailVerified(dan.id, dan.emailKey, at, tx);
    await followAddress(deps, tx, dan, { proved: true, at });
  });

export const oftenSteps = {
  hold: 3,
  buy: 6,
  checkOut: 4,
  pay: 4,
  workerRuns: 4,
  cancelTickets: 2,
  join: 4,
  acceptOffer: 3,
  sellToDan: 2,
};

export const saleSteps: Readonly<Record<string, Step>> = {
  buy,
  sellToDan,
  danProves,
  hold: (world, memory, n, m) => place(world, memory, n, m),
  extend: async ({ inventory: { holds }, event }, memory, n) => {
    const hold = pick(memory.holds, n);
    if (hold !== undefined) await holds.extend(event.id, hold.id, hold.owner, 600_000);
  },
  release: async ({ inventory: { holds }, event }, memory, n) => {
    const hold = pick(memory.holds, n);
    if (hold !== undefined) await holds.release(event.id, hold.id, hold.owner);
  },
  checkOut: async (world, memory, n, m) => {
    // The latest mostly: what was held long ago is bought or gone.
    const hold = m < 4 ? memory.holds.at(-1) : pick(memory.holds, n);
    if (hold === undefined) return;
    if (m === 5) world.gateway.fate('createIntent', 'lost');
    const { booking } = await checkout(world.deps, world.command(hold));
    remember(memory, booking.id);
  },
  pay: async (world, memory, n, m) => {
    const intent = intentAt(world, n, 'open', 'processing');
    if (intent !== undefined)
      await tell(world, memory, world.gateway.pay(intent.id, m === 5 ? 1 : undefined), m % 2 === 0);
  },
  bankDecides: async (world, memory, n, m) => {
    const intent = intentAt(world, n, 'open', 'processing');
    if (intent === undefined) return;
    const moved = m % 2 === 0 ? world.gateway.process(intent.id) : world.gateway.decline(intent.id);
    await tell(world, memory, moved, m < 4);
  },
  webhookAgain: async (world, memory, n) => {
    const delivery = pick(memory.deliveries, n);
    if (delivery !== undefined) await receiveWebhook(world.deps, delivery);
  },
  cancelUnpaid: async (world, memory, n) => {
    const booking = await bookingAt(world, memory, n, 'pending');
    if (booking?.userId)
      await cancelPendingBooking(world.deps, { userId: booking.userId, bookingId: booking.id });
  },
  forceRelease: async (world, memory, n) => {
    const booking = await bookingAt(world, memory, n, 'pending', 'closing');
    if (booking !== undefined) {
      const { organizationId, id: bookingId } = booking;
      await forceRelease(world.deps, { organizationId, bookingId });
    }
  },
  cancelTickets: async (world, memory, n, m) => {
    const booking = await bookingAt(world, memory, n, 'confirmed');
    if (booking?.userId === undefined || booking.userId === null) return;
    const { id: bookingId, userId } = booking;
    const mine = (await world.deps.tickets.listOfBooking(bookingId)).filter(
      ({ status, holderId }) => status === 'valid' && holderId === userId,
    );
    const ticketIds = (m < 3 ? mine : mine.slice(0, 1)).map(({ id }) => id);
    if (ticketIds.length === 0) return;
    const party = { userId };
    const { byPolicy } = await quoteCancellation(world.deps, { bookingId, ticketIds, party });
    const refundId = newId('rfd');
    await cancelBooking(world.deps, { userId, bookingId, ticketIds, refundId, agreed: byPolicy.total });
  },
  refund: async (world, memory, n, m) => {
    const booking = await bookingAt(world, memory, n, 'confirmed', 'cancelled');
    if (booking === undefined || booking.paymentId === null) return;
    const { organizationId, paymentId } = booking;
    const command = { organizationId, paymentId, refundId: newId('rfd'), amount: 1_000 * (m + 1) };
    await requestRefund(world.deps, command);
  },
  refundNews: async (world, memory, n, m) => {
    const refund = pick(refundsAt(world), n);
    const status = pick(REFUND_NEWS, m);
    if (refund !== undefined && status !== undefined)
      await tell(world, memory, world.gateway.moveRefund(refund.id, status), m % 2 === 0);
  },
  slowBank: async ({ gateway }, _memory, n) => gateway.slowRefunds(n % 2 === 0),
  /** Mostly the time to pay is over then, sometimes the time to answer an offer. */
  timePasses: async ({ clock }, _memory, _n, m) => clock.forward(m === 5 ? OFFERS_LAPSE_MS : LATER_MS),
  join: async (world, memory, n, m) => {
    const userId = pick(memory.people, n)?.id;
    const { areaId } = world.inventory;
    const wish = n < 8 ? { priceCategory: 'A' } : { areaId };
    if (userId === undefined) return;
    const entry = await world.join({ userId, wish, quantity: 1 + (m % 3), partWelcome: m % 2 === 0 });
    memory.entries.push(entry.id);
  },
  offerByHand: async (world, memory, n) => {
    const entryId = pick(memory.entries, n);
    const access = { organizationId: world.event.organizationId, userId: newId('usr') };
    const deps = { ...world.deps, ...world.bookDeps };
    if (entryId !== undefined) await offerByHand(deps, { entryId, offerId: newId('ofr'), access });
  },
  acceptOffer: async (world, memory, n, m) => {
    const offer = pick(await world.openOffers(), n);
    if (offer === undefined) return;
    const { booking } = await world.acceptOffer(offer);
    remember(memory, booking.id);
    const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
    if (intent !== undefined && m % 2 === 0) await tell(world, memory, world.gateway.pay(intent.id), true);
  },
  declineOffer: async (world, _memory, n) => {
    const offer = pick(await world.openOffers(), n);
    if (offer !== undefined) await declineOffer(world.deps, { offerId: offer.id, userId: offer.userId });
  },
  passOn: async (world, memory, n, m) => {
    const to = pick(memory.people, m);
    const booking = await bookingAt(world, memory, n, 'confirmed');
    if (to === undefined || booking === undefined) return;
    const tickets = await world.deps.tickets.listOfBooking(booking.id);
    const ticket = pick(
      tickets.filter(({ status, holderId }) => status === 'valid' && holderId !== null),
      n,
    );
    if (ticket !== undefined && ticket.holderId !== to.id) await world.pass(ticket, to);
  },
  /** Rarely: there is little to do afterwards. */
  callOff: async (world, _memory, n) => {
    if (n > 1) return;
    const { id: eventId, organizationId, title } = world.event;
    const events = mongoEvents(world.mongo.db);
    const command = { eventId, organizationId, title, reason: 'ill', by: newId('usr') };
    await cancelEvent({ ...world.deps, events }, command);
  },
  flushRedis: async (world, _memory, n) => {
    await world.inventory.redis.flushall();
    if (n % 2 === 0) await world.rebuild();
  },
  /** A worker that gets no further than the first round. */
  workerDies: async (world) => void (await runJobs(world, { rounds: 1 })),
  workerRuns: async (world) => settle(world),
};

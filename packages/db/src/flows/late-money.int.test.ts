import { deleteEvent } from '@eventhorizon/core/events/delete-event';
import type { SalesRecord } from '@eventhorizon/core/events/ports';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { endBooking } from '@eventhorizon/core/flows/end-booking';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { giveUpTickets } from '@eventhorizon/core/flows/give-up-tickets';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { unpublishEvent } from '@eventhorizon/core/flows/unpublish-event';
import { verifyUnpublish } from '@eventhorizon/core/flows/verify-unpublish';
import { followClaims } from '@eventhorizon/core/inventory/follow-claims';
import { layoutOf } from '@eventhorizon/core/inventory/layout';
import { settleClaims } from '@eventhorizon/core/inventory/settle-claims';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import { type JobName, type JobPayload, jobs } from '@eventhorizon/core/jobs';
import { DAY_MS, MINUTE_MS } from '@eventhorizon/core/shared/clock';
import { expect, test } from 'vitest';
import { mongoEvents } from '../mongo/events.ts';
import { mongoSalesRecord } from '../mongo/sales-record.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A booking that an organizer freed by force while the bank was deciding. */
const forced = async (world: SaleWorld, units: readonly Unit[]) => {
  const hold = await world.hold(units);
  const { booking } = await checkout(world.deps, world.command(hold));
  const intentId = [...world.gateway.intents.keys()].at(-1) ?? '';
  world.gateway.process(intentId);
  await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  await runJobs(world, { only: ['inventory.follow_claims'] });
  return { booking, intentId };
};

const sellTo = async (world: SaleWorld, units: readonly Unit[]) => {
  const hold = await world.hold(units);
  await checkout(world.deps, world.command(hold));
  await world.deps.holds.completeConversion(world.event.id, hold.id, 'none', hold.id, hold.owner, []);
};

const FOLLOWING = ['inventory.follow_claims', 'inventory.settle_claims'] as const;

const moneyComes = async (world: SaleWorld, intentId: string, deps: SaleDeps = world.deps) => {
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world, { deps, only: ['booking.finalize', ...FOLLOWING, 'refund.send'] });
};

const noticesOf = async (world: SaleWorld) =>
  (await world.mongo.db.collection('notifications').distinct('notice.kind')).sort();

test('late money gets the same units when they are still free, and Redis follows', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0), world.inventory.place(1)]);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'confirmed',
    lateMoney: 'same_units',
    lines: booking.lines,
    endedAt: null,
    closeReason: null,
  });
  expect(await noticesOf(world)).toEqual(['late_payment_rebooked']);
  expect((await world.audit()).findings).toEqual([]);
  expect(await auditMirror(world.deps, world.event.id)).toMatchObject({ differences: [] });
});

test('late money gets other units of the same pool that nobody claims or holds, nearest first', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(3), world.inventory.place(1)]);
  await sellTo(world, [world.inventory.seat(3)]);
  await world.hold([world.inventory.seat(2)]);
  await moneyComes(world, intentId);
  const rebooked = await world.deps.bookings.find(booking.id);
  expect(rebooked).toMatchObject({ status: 'confirmed', lateMoney: 'other_units' });
  expect(rebooked?.lines.map(({ unitId, label }) => ({ unitId, label }))).toEqual([
    { unitId: world.inventory.seat(4).unitId, label: 'Stalls, row 1, seat 5' },
    { unitId: world.inventory.place(1).unitId, label: 'Floor, place 1' },
  ]);
  expect(rebooked?.total).toEqual(booking.total);
  const [notice] = await world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'late_payment_moved' })
    .toArray();
  expect(notice?.notice.before).toEqual(['Stalls, row 1, seat 4']);
  expect((await world.audit()).findings).toEqual([]);
});

test('late money for which there is nothing left goes back in full: never kept, never without a word', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await sellTo(world, [world.inventory.seat(0)]);
  await sellTo(world, [world.inventory.seat(1)]);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'expired',
    lateMoney: 'refunded',
  });
  expect([...world.gateway.refunds.values()]).toEqual([
    expect.objectContaining({ amount: booking.total, status: 'succeeded' }),
  ]);
  expect(await noticesOf(world)).toEqual(['late_payment_refunded', 'refund_sent']);
  expect((await world.audit()).findings).toEqual([]);
});

test('somebody who takes the unit between the plan and the claim wins; the money finds another or goes back', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  let rivals = 0;
  const deps: SaleDeps = {
    ...world.deps,
    bookings: {
      ...world.deps.bookings,
      // Called in the transaction, after the plan was made.
      markRebooked: async (...args) => {
        const rival = world.inventory.seat(rivals);
        rivals += 1;
        if (rivals <= 2) await sellTo(world, [rival]);
        return world.deps.bookings.markRebooked(...args);
      },
    },
  };
  await moneyComes(world, intentId, deps);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'expired',
    lateMoney: 'refunded',
  });
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(2);
});

test('twin: without the unique index over claims the late money takes a unit that was just sold', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  await world.mongo.db.collection('claims').dropIndex('unit_once');
  const { intentId } = await forced(world, [world.inventory.seat(0)]);
  const deps: SaleDeps = {
    ...world.deps,
    bookings: {
      ...world.deps.bookings,
      markRebooked: async (...args) => {
        await sellTo(world, [world.inventory.seat(0)]);
        return world.deps.bookings.markRebooked(...args);
      },
    },
  };
  await moneyComes(world, intentId, deps);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('unit_claimed_twice');
});

test('money for a booking that its buyer had given up goes back', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  await cancelPendingBooking(world.deps, { userId: booking.userId, bookingId: booking.id });
  await runJobs(world);
  const [intentId = ''] = world.gateway.intents.keys();
  // The provider contradicts its own cancel: a lost race on its side.
  world.gateway.process(intentId);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'cancelled',
    lateMoney: 'refunded',
  });
  const [told] = await world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'late_payment_refunded' })
    .toArray();
  expect(told?.notice.reason).toBe('booking_cancelled');
  expect((await world.audit()).findings).toEqual([]);
});

/** All of the money went back, nothing was issued, and the buyer was told. */
const expectSentBack = async (world: SaleWorld, bookingId: Parameters<SaleDeps['bookings']['find']>[0]) => {
  expect(await world.deps.bookings.find(bookingId)).toMatchObject({
    status: 'expired',
    lateMoney: 'refunded',
  });
  expect([...world.gateway.refunds.values()].map(({ status }) => status)).toEqual(['succeeded']);
  expect(await world.deps.tickets.listOfBooking(bookingId)).toEqual([]);
  expect(await noticesOf(world)).toEqual(['late_payment_refunded', 'refund_sent']);
};

/** Money came before Redis was told of the forced release; then what tells of the rebooking overtakes that free. */
const overtaken = async (world: SaleWorld) => {
  const { booking } = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])));
  await runJobs(world, { only: ['inventory.follow_claims'] });
  await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world, { only: ['booking.finalize'] });
  const [settling, ...others] = await openRows(world, 'inventory.settle_claims');
  const [free, ...more] = await openRows(world, 'inventory.follow_claims');
  if (settling === undefined || free === undefined) throw new Error('Redis is not told');
  expect([...others, ...more]).toEqual([]);
  return { settling, free };
};

const openRows = async <N extends JobName>(world: SaleWorld, job: N): Promise<JobPayload<N>[]> => {
  const rows = await world.mongo.db.collection('outbox').find({ job, open: true }).toArray();
  return rows.map(({ payload }) => jobs[job].payload.parse(payload) as JobPayload<N>);
};

test('a free that Redis hears of only after the late money’s mark does not put the seat on sale again', async () => {
  await using world = await saleWorld();
  const { settling, free } = await overtaken(world);
  const { layouts, mirror } = world.inventory;
  const deps = { layouts, mirror, claims: world.deps.claims };
  await settleClaims(deps, settling);
  await followClaims(deps, free);
  expect(await auditMirror(world.deps, world.event.id)).toMatchObject({ differences: [] });
});

test('twin: without a look at the claims after it, the late free puts a sold seat on sale in Redis', async () => {
  await using world = await saleWorld();
  const { settling, free } = await overtaken(world);
  const { layouts, mirror } = world.inventory;
  await settleClaims({ layouts, mirror, claims: world.deps.claims }, settling);
  await followClaims({ layouts, mirror, claims: { findOwners: async () => [] } }, free);
  const { differences } = await auditMirror(world.deps, world.event.id);
  expect(differences).toHaveLength(1);
});

test('money of a bank that has decided only after the show goes back, although its seats were kept', async () => {
  await using world = await saleWorld();
  const { booking } = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])));
  const [intentId = ''] = world.gateway.intents.keys();
  world.gateway.process(intentId);
  const { userId, id: bookingId } = booking;
  await cancelPendingBooking(world.deps, { userId, bookingId });
  world.clock.forward(3 * DAY_MS);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(bookingId)).toMatchObject({ status: 'cancelled' });
  expect(await world.deps.tickets.listOfBooking(bookingId)).toEqual([]);
  expect([...world.gateway.refunds.values()].map(({ status }) => status)).toEqual(['succeeded']);
  expect((await world.audit()).findings).toEqual([]);
});

/** Late money brings tickets, their holder gives them up before Redis has heard of it, and Redis hears of that first. */
const givenUpAtOnce = async (world: SaleWorld) => {
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world, { only: ['booking.finalize'] });
  await world.deps.unitOfWork.run(async (tx) => {
    const rebooked = (await world.deps.bookings.find(booking.id, tx)) ?? booking;
    const command = { id: newId('rfd'), tickets: 'all', by: 'buyer', refund: null } as const;
    await giveUpTickets(world.deps, tx, { ...command, booking: rebooked });
  });
  await runJobs(world, { only: ['inventory.follow_claims'] });
  const [settling] = await openRows(world, 'inventory.settle_claims');
  if (settling === undefined) throw new Error('Redis is not told of the rebooking');
  return { booking, settling };
};

test('late money whose tickets are given up before Redis hears of them leaves no seat taken in Redis', async () => {
  await using world = await saleWorld();
  const { settling } = await givenUpAtOnce(world);
  const { layouts, mirror } = world.inventory;
  await settleClaims({ layouts, mirror, claims: world.deps.claims }, settling);
  expect(await auditMirror(world.deps, world.event.id)).toMatchObject({ differences: [] });
});

test('twin: as a mark that asks nobody, it takes a free seat off the sale', async () => {
  await using world = await saleWorld();
  const { booking, settling } = await givenUpAtOnce(world);
  const { layouts, mirror } = world.inventory;
  const { eventId, unitIds } = settling;
  const mark = { eventId, unitIds, owner: booking.id, person: null, change: 'mark', again: true } as const;
  await followClaims({ layouts, mirror, claims: world.deps.claims }, mark);
  expect((await auditMirror(world.deps, world.event.id)).differences).toHaveLength(1);
});

test('a booking that ends once more after late money frees its units in Redis once more', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await moneyComes(world, intentId);
  const rebooked = await world.deps.bookings.find(booking.id);
  await world.mongo.db
    .collection<{ _id: string }>('bookings')
    .updateOne({ _id: booking.id }, { $set: { status: 'closing' } });
  await world.deps.unitOfWork.run((tx) => endBooking(world.deps, tx, rebooked ?? booking, 'cancelled'));
  await runJobs(world, { only: FOLLOWING });
  expect(await world.inventory.mirror.owners(world.event.id)).toEqual(new Map());
});

test.each(['completed', 'draft'] as const)('late money for an event that is %s goes back', async (status) => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await world.setEvent({ status });
  await moneyComes(world, intentId);
  await expectSentBack(world, booking.id);
  expect(await world.mongo.db.collection('notifications').distinct('notice.reason')).toEqual(['event_over']);
});

test('late money for an event that was deleted goes back', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await world.mongo.db.collection<{ _id: string }>('events').deleteOne({ _id: world.event.id });
  await moneyComes(world, intentId);
  await expectSentBack(world, booking.id);
});

test('late money for an event that has begun goes back; one that is still sold while it lasts gives tickets', async () => {
  await using world = await saleWorld();
  const first = await forced(world, [world.inventory.seat(0)]);
  const second = await forced(world, [world.inventory.seat(1)]);
  world.clock.forward(2 * DAY_MS + MINUTE_MS);
  await moneyComes(world, first.intentId);
  await expectSentBack(world, first.booking.id);
  expect(await world.mongo.db.collection('notifications').distinct('notice.reason')).toEqual(['event_over']);
  await world.setEvent({ salesEndAt: new Date(world.clock.now().getTime() + MINUTE_MS) });
  await moneyComes(world, second.intentId);
  expect(await world.deps.bookings.find(second.booking.id)).toMatchObject({ status: 'confirmed' });
});

test('late money for a postponed event gives tickets, though its old start has passed', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await world.setEvent({ status: 'postponed' });
  world.clock.forward(30 * DAY_MS);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
});

test('twin: without a look at the start the buyer gets tickets for a show that is over', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  world.clock.forward(30 * DAY_MS);
  const { saleEvents } = world.deps;
  const deps: SaleDeps = {
    ...world.deps,
    saleEvents: {
      ...saleEvents,
      find: async (...args) => {
        const event = await saleEvents.find(...args);
        return event === null
          ? null
          : { ...event, salesEndAt: new Date(world.clock.now().getTime() + DAY_MS) };
      },
    },
  };
  await moneyComes(world, intentId, deps);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
});

/** The event's seat map was replaced by one without any of the old seats. */
const replacedMap = (world: SaleWorld): SaleDeps['layouts'] => {
  const { event } = world;
  const read = async () => ({ event, layout: layoutOf(event, []) });
  return { get: read, refresh: read };
};

test('late money for a seat that the event does not have any more goes back, though nobody claims that seat', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await moneyComes(world, intentId, { ...world.deps, layouts: replacedMap(world) });
  await expectSentBack(world, booking.id);
});

test('twin: believing an old layout gives a ticket for a seat that is not there', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await moneyComes(world, intentId);
  const [ticket] = await world.deps.tickets.listOfBooking(booking.id);
  const { layout } = await replacedMap(world).get(world.event.id);
  expect(ticket && layout.findUnit(ticket.unitId)).toBeNull();
});

const takeDown = async (world: SaleWorld, sales: SalesRecord) => {
  const { id: eventId, organizationId } = world.event;
  const deps = {
    ...world.deps,
    unitOfWork: world.deps.unitOfWork,
    events: mongoEvents(world.mongo.db),
    sales,
  };
  await unpublishEvent(deps, { organizationId, eventId });
  world.clock.forward(10 * MINUTE_MS);
  await verifyUnpublish(deps, eventId);
  await deleteEvent(deps, { organizationId, eventId });
};

test('an event is neither unpublished nor deleted while money may come for a booking that was freed by force', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  const sales = mongoSalesRecord(world.mongo.db);
  await expect(takeDown(world, sales)).rejects.toMatchObject({ code: 'event.has_bookings' });
  await world.setEvent({ status: 'draft' });
  await expect(
    deleteEvent(
      { ...world.deps, unitOfWork: world.deps.unitOfWork, events: mongoEvents(world.mongo.db), sales },
      { organizationId: booking.organizationId, eventId: world.event.id },
    ),
  ).rejects.toMatchObject({ code: 'event.has_bookings' });
  await world.setEvent({ status: 'published' });
  world.gateway.decline(intentId);
  await runJobs(world);
  await takeDown(world, sales);
  expect(await world.deps.saleEvents.find(world.event.id)).toBeNull();
});

test('twin: looking at claims alone deletes an event that somebody is paying for', async () => {
  await using world = await saleWorld();
  const { booking } = await forced(world, [world.inventory.seat(0)]);
  await takeDown(world, world.deps.claims);
  expect(await world.deps.saleEvents.find(world.event.id)).toBeNull();
  expect((await world.deps.payments.findMany(booking.paymentId ? [booking.paymentId] : []))[0]?.status).toBe(
    'created',
  );
});

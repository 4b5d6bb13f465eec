import { randomUUID } from 'node:crypto';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { expect, test } from 'vitest';
import { barrier } from '../mongo/testing/barrier.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

const checkedOut = async (world: SaleWorld) => {
  const hold = await world.hold([world.inventory.seat(0)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const [intentId = ''] = world.gateway.intents.keys();
  return { booking, intentId };
};

/** The life of a payment as the provider tells it: a bank that takes its time, a decline, then the money. */
const deliveriesOf = (world: SaleWorld, intentId: string) => {
  const processing = world.gateway.delivery(world.gateway.process(intentId));
  const declined = world.gateway.delivery(world.gateway.decline(intentId));
  const paid = world.gateway.delivery(world.gateway.pay(intentId));
  return [processing, declined, paid];
};

test.each([
  ['in order', [0, 1, 2]],
  ['backwards', [2, 1, 0]],
  ['money in the middle', [0, 2, 1]],
])('every webhook delivered five times, %s, confirms once', async (_name, order) => {
  await using world = await saleWorld();
  const { booking, intentId } = await checkedOut(world);
  const deliveries = deliveriesOf(world, intentId);
  const answers: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (const index of order) {
      const delivery = deliveries[index];
      if (delivery !== undefined) answers.push(await receiveWebhook(world.deps, delivery));
    }
    await runJobs(world);
  }
  expect(answers.filter((answer) => answer === 'stored')).toHaveLength(3);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect(await world.deps.tickets.listOfBooking(booking.id)).toHaveLength(1);
  expect((await world.deps.payments.findByIntent(intentId))?.lastDecline?.code).toBe('card_declined');
  const confirmations = world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'booking_confirmed' });
  expect(await confirmations.toArray()).toHaveLength(1);
  expect((await world.audit()).findings).toEqual([]);
});

/** Five deliveries of one event at the same moment; returns how many were stored and how many follow-ups they left. */
const fiveAtOnce = async (world: SaleWorld, deps: SaleDeps) => {
  const { intentId } = await checkedOut(world);
  // Of a decline: nothing but the event's id makes its follow-up one.
  const delivery = world.gateway.delivery(world.gateway.decline(intentId));
  const answers = await Promise.all(Array.from({ length: 5 }, () => receiveWebhook(deps, delivery)));
  return {
    stored: answers.filter((answer) => answer === 'stored').length,
    followUps: await world.mongo.db.collection('outbox').countDocuments({ job: 'payment.process_webhook' }),
  };
};

test('five deliveries of one event at the same moment store it once', async () => {
  await using world = await saleWorld();
  expect(await fiveAtOnce(world, world.deps)).toEqual({ stored: 1, followUps: 1 });
});

test('twin: without the unique event id every delivery is stored and followed up', async () => {
  await using world = await saleWorld();
  const { webhooks, outbox } = world.deps;
  const careless: SaleDeps = {
    ...world.deps,
    webhooks: { ...webhooks, insert: (tx, event) => webhooks.insert(tx, { ...event, id: randomUUID() }) },
    outbox: {
      add: (tx, rows) =>
        outbox.add(
          tx,
          rows.map((row) => ({ ...row, key: randomUUID() })),
        ),
    },
  };
  expect(await fiveAtOnce(world, careless)).toEqual({ stored: 5, followUps: 5 });
});

test('a webhook with a bad signature is refused and leaves nothing behind', async () => {
  await using world = await saleWorld();
  const { intentId } = await checkedOut(world);
  const { rawBody } = world.gateway.delivery(world.gateway.pay(intentId));
  await expect(receiveWebhook(world.deps, { rawBody, signature: 'forged' })).rejects.toMatchObject({
    code: 'webhook.bad_signature',
  });
  expect(await world.mongo.db.collection('webhookEvents').countDocuments()).toBe(0);
});

test('an event about something that is not ours is stored, acknowledged and changes nothing', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await checkedOut(world);
  const paid = world.gateway.pay(intentId);
  await receiveWebhook(
    world.deps,
    world.gateway.delivery({ ...paid, id: 'pi_of_somebody_else', bookingId: null }),
  );
  await receiveWebhook(
    world.deps,
    world.gateway.delivery({ ...paid, id: 'pi_of_another_system', bookingId: newId('bkg') }),
  );
  expect(await runJobs(world, { only: ['payment.process_webhook', 'booking.finalize'] })).toEqual([]);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'pending' });
});

/** A booking whose bank was still deciding when the row of its end was given up. */
const givenUp = async (world: SaleWorld) => {
  const { booking, intentId } = await checkedOut(world);
  world.gateway.process(intentId);
  await closeBooking(world.deps, { bookingId: booking.id, reason: 'organizer' });
  await world.mongo.db.collection('outbox').deleteMany({ job: 'booking.close' });
  return { booking, intentId };
};

test('a bank that declines after the row of the end was given up ends the booking, and its units are free', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await givenUp(world);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.decline(intentId)));
  expect(await runJobs(world)).toEqual([]);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
  expect(world.gateway.intents.get(intentId)?.status).toBe('cancelled');
  expect((await world.audit()).counts.claims).toBe(0);
});

test('twin: a decline that is only noted leaves the units claimed for ever', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await givenUp(world);
  const outbox: SaleDeps['outbox'] = {
    add: (tx, messages) =>
      world.deps.outbox.add(
        tx,
        messages.filter(({ job }) => job !== 'booking.close'),
      ),
  };
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.decline(intentId)));
  expect(await runJobs(world, { deps: { ...world.deps, outbox } })).toEqual([]);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'closing' });
  expect((await world.audit()).counts.claims).toBe(1);
});

test('a bank that declines after a forced release has its intent cancelled, also when the row that followed it is gone', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await givenUp(world);
  await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  await world.mongo.db.collection('outbox').deleteMany({ job: 'payment.follow' });
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.decline(intentId)));
  expect(await runJobs(world)).toEqual([]);
  expect(world.gateway.intents.get(intentId)?.status).toBe('cancelled');
  expect((await world.deps.payments.findByIntent(intentId))?.status).toBe('cancelled');
});

/** Two workers finalize one booking from two rows; both have read it before either writes. */
const twoWorkers = async (world: SaleWorld, depsOf: (arrive: () => Promise<void>) => SaleDeps) => {
  const { booking, intentId } = await checkedOut(world);
  const paid = world.gateway.pay(intentId);
  const money = { intentId, amount: paid.received, currency: 'EUR', paidAt: world.clock.now() };
  const bothHaveRead = barrier(2);
  const deps = depsOf(bothHaveRead);
  const row = { payload: { bookingId: booking.id, money }, complete: async () => undefined };
  await Promise.all([finalizeBookings(deps, [row]), finalizeBookings(deps, [row])]);
  return booking;
};

/** Waits for the other worker after the state was read; once opened the barrier stays open, for the retries. */
const readTogether = (deps: SaleDeps, arrive: () => Promise<void>): SaleDeps => ({
  ...deps,
  saleEvents: {
    ...deps.saleEvents,
    findMoments: async (...args) => {
      const statuses = await deps.saleEvents.findMoments(...args);
      await arrive();
      return statuses;
    },
  },
});

test('two workers that finalize one booking at once confirm it once', async () => {
  await using world = await saleWorld();
  const booking = await twoWorkers(world, (arrive) => readTogether(world.deps, arrive));
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed', revision: 2 });
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without transaction, compare-and-set and unique index the same two workers issue two tickets', async () => {
  await using world = await saleWorld();
  await world.mongo.db.collection('tickets').dropIndex('unit_valid_once');
  const { deps } = world;
  const careless: SaleDeps = {
    ...deps,
    unitOfWork: noTransaction,
    bookings: {
      ...deps.bookings,
      markConfirmed: async (tx, ids, at) => {
        await deps.bookings.markConfirmed(tx, ids, at);
        return ids.length;
      },
    },
    payments: { ...deps.payments, markCaptured: async (_tx, captures) => captures.length },
    tickets: {
      ...deps.tickets,
      insertAll: (tx, tickets) =>
        deps.tickets.insertAll(
          tx,
          tickets.map((ticket) => ({ ...ticket, id: newId('tkt') })),
        ),
    },
  };
  const booking = await twoWorkers(world, (arrive) => readTogether(careless, arrive));
  expect(await world.deps.tickets.listOfBooking(booking.id)).toHaveLength(2);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('unit_ticketed_twice');
});

import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { preparePayment } from '@eventhorizon/core/flows/prepare-payment';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { resumePayment } from '@eventhorizon/core/flows/resume-payment';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { syncPayment } from '@eventhorizon/core/flows/sync-payment';
import { MINUTE_MS, SECOND_MS } from '@eventhorizon/core/shared/clock';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

const checkedOut = async (world: SaleWorld, deps: SaleDeps = world.deps, seat = 0) => {
  const hold = await world.hold([world.inventory.seat(seat)]);
  return checkout(deps, world.command(hold));
};

const noTokens = (deps: SaleDeps): SaleDeps => ({ ...deps, rateLimit: { take: async () => false } });

test('without a token of the rate limit checkout answers preparing, and the time to pay counts from when it is ready', async () => {
  await using world = await saleWorld();
  const { booking, payment } = await checkedOut(world, noTokens(world.deps));
  expect(payment).toEqual({ state: 'preparing', payBy: booking.payBy });
  expect(world.gateway.calls).toEqual([]);

  world.clock.forward(20 * MINUTE_MS);
  // The row of the close is due by now; the booking could not be paid yet, so it waits.
  expect(await closeBooking(world.deps, { bookingId: booking.id, reason: 'unpaid' })).toMatchObject({
    result: 'retry',
  });
  expect(await preparePayment(world.deps, { bookingId: booking.id })).toEqual({ result: 'done' });
  const ready = await world.deps.bookings.find(booking.id);
  const readyAt = world.clock.now().getTime();
  expect(ready?.payBy?.getTime()).toBeGreaterThan(readyAt + 14 * MINUTE_MS);

  // It moves once: being asked again later changes nothing.
  world.clock.forward(5 * MINUTE_MS);
  expect(await resumePayment(world.deps, { userId: booking.userId, bookingId: booking.id })).toMatchObject({
    state: 'ready',
    payBy: ready?.payBy,
  });
  expect((await world.deps.bookings.find(booking.id))?.payBy).toEqual(ready?.payBy);

  world.clock.forward(11 * MINUTE_MS);
  await closeBooking(world.deps, { bookingId: booking.id, reason: 'unpaid' });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'expired' });
});

test('the time to pay counts from when paying is possible, also when that is only seconds after checkout', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world, noTokens(world.deps));
  world.clock.forward(10 * SECOND_MS);
  const step = await resumePayment(world.deps, { userId: booking.userId, bookingId: booking.id });
  if (step.state !== 'ready') throw new Error(step.state);
  expect(step.payBy.getTime()).toBeGreaterThanOrEqual((booking.payBy?.getTime() ?? 0) + 10 * SECOND_MS);
  expect((await world.deps.bookings.find(booking.id))?.payBy).toEqual(step.payBy);
});

test('a buyer who asks again and again spends tokens of the rate limit, and without one does not reach the provider', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world);
  const who = { userId: booking.userId, bookingId: booking.id };
  expect(await resumePayment(noTokens(world.deps), who)).toEqual({
    state: 'preparing',
    payBy: booking.payBy,
  });
  expect(world.gateway.calls).toEqual(['createIntent']);
  // Twin: with a token every time, every question reaches the provider.
  await resumePayment(world.deps, who);
  expect(world.gateway.calls).toEqual(['createIntent', 'getIntent']);
});

test('with the rate limit out of reach a checkout is booked all the same, and the return page answers', async () => {
  await using world = await saleWorld();
  const away: SaleDeps = {
    ...world.deps,
    rateLimit: {
      take: async () => {
        throw new DomainError('service.unreachable', { retryAfterMs: 1_000 });
      },
    },
  };
  const { booking, payment } = await checkedOut(world, away);
  expect(payment).toEqual({ state: 'preparing', payBy: booking.payBy });
  expect(await preparePayment(away, { bookingId: booking.id })).toMatchObject({ result: 'retry' });
  const who = { userId: booking.userId, bookingId: booking.id };
  expect(await resumePayment(world.deps, who)).toMatchObject({ state: 'ready' });
  expect(await resumePayment(away, who)).toMatchObject({ state: 'preparing' });
  expect(await syncPayment(away, who)).toMatchObject({ payment: 'unknown' });
  expect(await closeBooking(away, { bookingId: booking.id, reason: 'buyer' })).toMatchObject({
    result: 'retry',
  });
});

test('a rate limit that fails in any other way is a fault, and is not hidden', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world);
  const broken: SaleDeps = {
    ...world.deps,
    rateLimit: { take: () => Promise.reject(new TypeError('a bug')) },
  };
  await expect(syncPayment(broken, { userId: booking.userId, bookingId: booking.id })).rejects.toThrow(
    'a bug',
  );
});

test('a booking that the provider never got ready for is not kept for ever', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world, noTokens(world.deps));
  world.clock.forward(61 * MINUTE_MS);
  await closeBooking(world.deps, { bookingId: booking.id, reason: 'unpaid' });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'expired' });
  expect((await world.audit()).findings).toEqual([]);
});

test('an intent whose creation timed out is found by its key: one intent, whoever asks how often', async () => {
  await using world = await saleWorld();
  world.gateway.fate('createIntent', 'lost');
  const { booking, payment } = await checkedOut(world);
  expect(payment.state).toBe('preparing');
  const who = { userId: booking.userId, bookingId: booking.id };
  const steps = await Promise.all([
    resumePayment(world.deps, who),
    resumePayment(world.deps, who),
    preparePayment(world.deps, { bookingId: booking.id }),
  ]);
  expect(steps.slice(0, 2)).toEqual([
    expect.objectContaining({ state: 'ready' }),
    expect.objectContaining({ state: 'ready' }),
  ]);
  expect(world.gateway.intents.size).toBe(1);
});

test('twin: a fresh key after a time-out makes a second intent that could be paid as well', async () => {
  await using world = await saleWorld();
  world.gateway.fate('createIntent', 'lost');
  const { booking } = await checkedOut(world);
  await world.deps.payments.raiseAttempt(booking.paymentId ?? newId('pay'), 0);
  await resumePayment(world.deps, { userId: booking.userId, bookingId: booking.id });
  expect(world.gateway.intents.size).toBe(2);
});

test('only a definitive refusal raises the attempt; after three an organizer is told', async () => {
  await using world = await saleWorld();
  for (const fate of ['limited', 'unreached', 'rejected', 'rejected', 'rejected'] as const)
    world.gateway.fate('createIntent', fate);
  const { booking, payment } = await checkedOut(world);
  expect(payment.state).toBe('preparing');
  const attempts: number[] = [];
  for (let n = 0; n < 4; n += 1) {
    await preparePayment(world.deps, { bookingId: booking.id });
    attempts.push((await world.deps.payments.find(booking.paymentId ?? newId('pay')))?.attempt ?? -1);
  }
  expect(attempts).toEqual([0, 1, 2, 3]);
  expect(await preparePayment(world.deps, { bookingId: booking.id })).toEqual({ result: 'done' });
  expect(await world.deps.incidents.findOpen(booking.id)).toEqual([
    expect.objectContaining({ kind: 'intent_rejected' }),
  ]);
  expect(world.gateway.intents.size).toBe(0);
});

/** The end of the booking comes while the provider is still making the intent. */
const closedWhileCreating = async (world: SaleWorld, deps: SaleDeps) => {
  const { booking } = await checkedOut(world, noTokens(world.deps));
  world.gateway.before('createIntent', async () => {
    world.gateway.before('createIntent', null);
    await closeBooking(world.deps, { bookingId: booking.id, reason: 'buyer' });
  });
  return resumePayment(deps, { userId: booking.userId, bookingId: booking.id });
};

test('an intent that is ready only after the booking began to close is handed to nobody', async () => {
  await using world = await saleWorld();
  expect(await closedWhileCreating(world, world.deps)).toEqual({ state: 'ended' });
});

test('twin: without the seal the buyer gets the secret of a booking that is over', async () => {
  await using world = await saleWorld();
  const payments: SaleDeps['payments'] = {
    ...world.deps.payments,
    recordIntent: async () => 'recorded',
  };
  expect(await closedWhileCreating(world, { ...world.deps, payments })).toMatchObject({ state: 'ready' });
});

test('an attempt that another call gave up meanwhile hands out nothing, and the next one is asked for', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world, noTokens(world.deps));
  const paymentId = booking.paymentId ?? newId('pay');
  world.gateway.before('createIntent', async () => {
    world.gateway.before('createIntent', null);
    await world.deps.payments.raiseAttempt(paymentId, 0);
  });
  expect(await preparePayment(world.deps, { bookingId: booking.id })).toMatchObject({ result: 'retry' });
  expect((await world.deps.payments.find(paymentId))?.intentId).toBeNull();
  expect(await preparePayment(world.deps, { bookingId: booking.id })).toEqual({ result: 'done' });
  expect((await world.deps.payments.find(paymentId))?.intentId).not.toBeNull();
});

test('no client secret is ever stored', async () => {
  await using world = await saleWorld();
  const { payment } = await checkedOut(world);
  if (payment.state !== 'ready') throw new Error(payment.state);
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.process(intentId)));
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world);
  const stored: string[] = [];
  for (const { name } of await world.mongo.db.listCollections().toArray())
    stored.push(JSON.stringify(await world.mongo.db.collection(name).find().toArray()));
  expect(stored.join()).toContain(intentId);
  expect(stored.join()).not.toContain(payment.clientSecret);
  // Twin of this very check: the provider's own record has it.
  expect(JSON.stringify([...world.gateway.intents.values()])).toContain(payment.clientSecret);
});

test('the return page finds money whose webhook was lost, and asking often finalizes once', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world);
  const who = { userId: booking.userId, bookingId: booking.id };
  const [intentId = ''] = world.gateway.intents.keys();
  world.gateway.decline(intentId);
  expect(await syncPayment(world.deps, who)).toMatchObject({
    payment: 'open',
    decline: { code: 'card_declined' },
  });
  world.gateway.pay(intentId);
  for (let n = 0; n < 3; n += 1) expect((await syncPayment(world.deps, who)).payment).toBe('paid');
  expect(await world.mongo.db.collection('outbox').countDocuments({ job: 'booking.finalize' })).toBe(1);
  await runJobs(world);
  expect(await syncPayment(world.deps, who)).toEqual({
    booking: 'confirmed',
    payment: 'paid',
    decline: null,
  });
  expect((await world.audit()).findings).toEqual([]);
});

test('nobody else may resume or look at a payment', async () => {
  await using world = await saleWorld();
  const { booking } = await checkedOut(world);
  const stranger = { userId: newId('usr'), bookingId: booking.id };
  await expect(resumePayment(world.deps, stranger)).rejects.toMatchObject({ code: 'thing.not_found' });
  await expect(syncPayment(world.deps, stranger)).rejects.toMatchObject({ code: 'thing.not_found' });
});

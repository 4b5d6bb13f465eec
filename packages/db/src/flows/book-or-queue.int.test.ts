import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type WaitlistWorld, waitlistWorld } from '../testing/waitlist-world.ts';

/** Ten seats, of which two are left. */
const twoLeft = async () => {
  const world = await waitlistWorld({}, { seats: 10 });
  await world.book(...Array.from({ length: 8 }, (_, n) => world.inventory.seat(n)));
  return world;
};

const ids = () => ({ userId: newId('usr'), holdId: newId('hld'), entryId: newId('wle') });

test('who wants ten where two are left gets two and a place in line for eight, in one call', async () => {
  await using world = await twoLeft();
  const made = await world.bookOrQueue({ quantity: 10 });
  expect(made).toMatchObject({
    booking: { status: 'pending', lines: [{ unitId: 's:g8' }, { unitId: 's:g9' }] },
    payment: { state: 'ready' },
    entry: { status: 'waiting', quantity: 8, position: 1 },
    message: 'Booked 2 tickets. Remaining 8 added to the waitlist.',
  });
  expect(made.booking?.reference).toMatch(/^EVT-/);
  expect((await world.audit()).findings).toEqual([]);
});

test('with none left all of it is queued, with enough none', async () => {
  await using world = await twoLeft();
  expect(await world.bookOrQueue({ quantity: 2 })).toMatchObject({
    entry: null,
    message: 'Booked 2 tickets.',
  });
  expect(await world.bookOrQueue({ quantity: 3 })).toMatchObject({
    booking: null,
    payment: null,
    entry: { quantity: 3, position: 1 },
    message: 'Sold out. 3 tickets added to the waitlist.',
  });
});

test('places and seats are booked together where the wish fits both', async () => {
  await using world = await waitlistWorld({}, { seats: 2, places: 2 });
  const [type] = world.event.ticketTypes;
  const made = await world.bookOrQueue({ wish: { ticketTypeId: type?.id ?? null }, quantity: 5 });
  expect(made.booking?.lines.map(({ priceCategory }) => priceCategory)).toEqual(['A', 'A', 'S', 'S']);
  expect(made.entry).toMatchObject({ quantity: 1 });
});

test('asked again with the same ids it answers the same, and no stranger may use them', async () => {
  await using world = await twoLeft();
  const same = { ...ids(), quantity: 4 };
  const first = await world.bookOrQueue(same);
  const again = await world.bookOrQueue(same);
  expect([again.booking?.id, again.entry?.id]).toEqual([first.booking?.id, first.entry?.id]);
  await expect(world.bookOrQueue({ ...same, userId: newId('usr') })).rejects.toMatchObject({
    code: 'hold.id_in_use',
  });
});

test('the entry stays when the booking is not paid, and when it is', async () => {
  await using world = await twoLeft();
  const { booking, entry } = await world.bookOrQueue({ quantity: 4 });
  world.clock.forward(HOUR_MS);
  await runJobs(world, { only: ['booking.close'] });
  expect(await world.deps.bookings.find(booking?.id ?? newId('bkg'))).toMatchObject({ status: 'expired' });
  expect(await world.entry(entry?.id ?? newId('wle'))).toMatchObject({ status: 'waiting', quantity: 2 });

  const other = await world.bookOrQueue({ quantity: 3 });
  const intent = [...world.gateway.intents.values()].find((one) => one.bookingId === other.booking?.id);
  if (intent !== undefined)
    await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent.id)));
  await runJobs(world, { only: ['booking.finalize'] });
  expect(await world.entry(other.entry?.id ?? newId('wle'))).toMatchObject({ status: 'waiting' });
});

test('a refused entry books nothing and holds nothing', async () => {
  await using world = await twoLeft();
  const userId = newId('usr');
  await world.join({ userId, quantity: 3 });
  await expect(world.bookOrQueue({ userId, quantity: 4 })).rejects.toMatchObject({
    code: 'waitlist.joined_already',
  });
  expect(await world.free()).toBe(2);
  await expect(world.bookOrQueue({ quantity: 11 })).rejects.toMatchObject({ code: 'hold.too_many' });
});

test('when nobody may join any more, all of it is booked or none', async () => {
  await using world = await twoLeft();
  world.clock.forward(47.5 * HOUR_MS);
  await expect(world.bookOrQueue({ quantity: 3 })).rejects.toMatchObject({ code: 'waitlist.closed' });
  expect(await world.free()).toBe(2);
  expect(await world.bookOrQueue({ quantity: 2 })).toMatchObject({
    entry: null,
    message: 'Booked 2 tickets.',
  });
});

/** Dies after the n-th call, asks again, and tells whether booking and entry ever were there without the other. */
const torn = async (world: WaitlistWorld, careless: Partial<WaitlistWorld['bookDeps']> = {}) => {
  let halves = 0;
  for (let at = 1; ; at += 1) {
    const same = { ...ids(), quantity: 3 };
    const mortal = crashAt({ ...world.bookDeps, ...careless }, { at, when: 'after' });
    await world.bookOrQueue(same, mortal.deps as WaitlistWorld['bookDeps']).catch((error: unknown) => {
      if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
    });
    const booking = await world.deps.bookings.findByHold(world.event.id, same.holdId);
    const entry = await world.deps.waitlistEntries.find(same.entryId);
    if ((booking === null) !== (entry === null)) halves += 1;
    if (!mortal.crashed() || halves > 0) return { steps: at - 1, halves };
    // Two seats for the next one.
    if (booking !== null) await world.giveUp({ ...booking, userId: same.userId });
    await world.deps.unitOfWork.run((tx) =>
      world.deps.waitlistEntries.markCancelled(tx, same.entryId, 'left', new Date()),
    );
    await world.inventory.redis.flushall();
    await world.rebuild();
    await world.deps.unitOfWork.run(async (tx) => {
      await world.deps.claims.deleteOwned(tx, world.event.id, 'waitlist');
    });
    await world.inventory.redis.flushall();
    await world.rebuild();
  }
};

test('killed after any of its calls there are both, booking and entry, or neither', async () => {
  await using world = await twoLeft();
  const { steps, halves } = await torn(world);
  expect(steps).toBeGreaterThan(10);
  expect(halves).toBe(0);
});

test('twin: without one transaction around both a crash leaves half of it', async () => {
  await using world = await twoLeft();
  expect((await torn(world, { unitOfWork: noTransaction })).halves).toBeGreaterThan(0);
});

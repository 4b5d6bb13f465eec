import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type WaitlistWorld, waitlistWorld } from '../testing/waitlist-world.ts';

const ASSIGNING = { enabled: true, offerMs: 6 * HOUR_MS, mode: 'assign' } as const;
const WORKER = [
  'waitlist.assign',
  'booking.finalize',
  'payment.prepare',
  'inventory.follow_claims',
  'inventory.settle_claims',
] as const;

/** One seat, given up while somebody waits, at an event that assigns at once. */
const assigned = async (price: number) => {
  const type = { id: newId('tty'), name: 'Adult', prices: { A: price } };
  const world = await waitlistWorld({ waitlist: ASSIGNING, ticketTypes: [type] }, { seats: 1 });
  const booking = await world.book(world.inventory.seat(0));
  const entry = await world.join();
  await world.giveUp(booking);
  await world.promote();
  await runJobs(world, { only: WORKER });
  const { items } = await world.deps.bookings.listOfUser(entry.userId, { status: null }, { limit: 5 });
  return Object.assign(world, { entryId: entry.id, userId: entry.userId, made: items[0] });
};

const told = (world: WaitlistWorld, kind: string) =>
  world.mongo.db.collection('notifications').countDocuments({ 'notice.kind': kind });

test('a free seat is confirmed for who is next, who gets the tickets and no other letter', async () => {
  await using world = await assigned(0);
  expect(world.made).toMatchObject({ status: 'confirmed', lines: [{ unitId: 's:g0' }] });
  expect((await world.entry(world.entryId)).status).toBe('converted');
  expect(await told(world, 'booking_confirmed')).toBe(1);
  expect((await told(world, 'waitlist_assigned')) + (await told(world, 'waitlist_offer'))).toBe(0);
  expect((await world.audit()).findings).toEqual([]);
});

test('a seat that costs is booked for who is next, with the time of an offer to pay for it', async () => {
  await using world = await assigned(5_000);
  expect(world.made).toMatchObject({ status: 'pending', total: { amount: 5_000 } });
  expect(await told(world, 'waitlist_assigned')).toBe(1);
  // The intent is there by now, and the time to pay has not become shorter by it.
  const [intent] = [...world.gateway.intents.values()].filter((one) => one.bookingId === world.made?.id);
  const payBy = world.made?.payBy?.getTime() ?? 0;
  expect(payBy - world.clock.now().getTime()).toBeGreaterThan(5 * HOUR_MS);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent?.id ?? '')));
  await runJobs(world, { only: WORKER });
  expect(await world.deps.bookings.find(world.made?.id ?? newId('bkg'))).toMatchObject({
    status: 'confirmed',
  });
  expect((await world.audit()).findings).toEqual([]);
});

test('whoever does not pay in time is followed by the next in line', async () => {
  await using world = await assigned(5_000);
  const next = await world.join();
  world.clock.forward(7 * HOUR_MS);
  await runJobs(world, { only: ['booking.close', ...WORKER] });
  await world.promote();
  await runJobs(world, { only: WORKER });
  expect((await world.entry(next.id)).status).toBe('converted');
  expect((await world.audit()).findings).toEqual([]);
});

test('whoever may buy no more has lapsed, and the seat goes to the next', async () => {
  await using world = await waitlistWorld({ waitlist: ASSIGNING, maxPerPerson: 1 }, { seats: 1 });
  const userId = newId('usr');
  const given = await world.book(world.inventory.seat(0));
  const entry = await world.join({ userId });
  const next = await world.join();
  // Bought elsewhere meanwhile: that is all that this person may have.
  await world.deps.unitOfWork.run((tx) =>
    world.deps.buyerLimits.raise(tx, world.event.id, { person: userId, by: 1, max: null }),
  );
  await world.giveUp(given);
  for (let turn = 0; turn < 2; turn += 1) {
    await world.promote();
    await runJobs(world, { only: WORKER });
  }
  expect((await world.entry(entry.id)).status).toBe('lapsed');
  expect((await world.entry(next.id)).status).toBe('converted');
});

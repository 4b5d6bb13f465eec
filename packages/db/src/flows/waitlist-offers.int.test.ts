import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { declineOffer } from '@eventhorizon/core/flows/decline-offer';
import { leaveWaitlist } from '@eventhorizon/core/flows/leave-waitlist';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { sweepWaitlists } from '@eventhorizon/core/flows/sweep-waitlists';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type WaitlistWorld, waitlistWorld } from '../testing/waitlist-world.ts';

/** So many seats, each being bought alone. */
const soldOut = async (seats: number) => {
  const world = await waitlistWorld({}, { seats });
  const bookings = [];
  for (let n = 0; n < seats; n += 1) bookings.push(await world.book(world.inventory.seat(n)));
  return Object.assign(world, { bookings });
};

type Sold = Awaited<ReturnType<typeof soldOut>>;
const bookingOf = ({ bookings }: Sold, n: number) => {
  const booking = bookings[n];
  if (booking === undefined) throw new Error('no such booking');
  return booking;
};

const theOffer = async (world: WaitlistWorld) => {
  const [offer] = await world.openOffers();
  if (offer === undefined) throw new Error('nothing is offered');
  return offer;
};

const isSound = async (world: WaitlistWorld) => {
  expect((await world.audit()).findings).toEqual([]);
  await runJobs(world, { only: ['inventory.follow_claims', 'inventory.settle_claims'] });
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
};

const told = (world: WaitlistWorld, kind: string) =>
  world.mongo.db.collection('notifications').countDocuments({ 'notice.kind': kind });

test('a seat that comes back is offered to who has waited longest, who is told once and may pay for it as for any', async () => {
  await using world = await soldOut(2);
  const [first, second] = [await world.join(), await world.join()];
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  await world.promote();
  expect(await world.openOffers()).toHaveLength(1);
  const offer = await theOffer(world);
  expect(offer).toMatchObject({
    entryId: first.id,
    units: [{ unitId: 's:g0', label: 'Stalls, row 1, seat 1' }],
  });
  expect(await told(world, 'waitlist_offer')).toBe(1);
  expect([(await world.entry(first.id)).status, (await world.entry(second.id)).status]).toEqual([
    'offered',
    'waiting',
  ]);
  await isSound(world);

  const { booking, payment } = await world.accept(offer);
  expect(payment.state).toBe('ready');
  expect(await world.accept(offer)).toMatchObject({ booking: { id: booking.id } });
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent?.id ?? '')));
  await runJobs(world, { only: ['booking.finalize', 'inventory.follow_claims'] });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.entry(first.id)).status).toBe('converted');
  await isSound(world);
});

test('an accepted offer that is not paid goes to the next in line', async () => {
  await using world = await soldOut(1);
  await world.join();
  const second = await world.join();
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  const offer = await theOffer(world);
  const { booking } = await world.accept(offer);
  world.clock.forward(HOUR_MS);
  await runJobs(world, { only: ['booking.close'] });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'expired' });
  await world.promote();
  expect(await world.openOffers()).toMatchObject([{ entryId: second.id }]);
  await isSound(world);
});

test.each(['lapses', 'is declined', 'is left'] as const)(
  'an offer that %s goes to the next in line',
  async (how) => {
    await using world = await soldOut(1);
    const [first, second] = [await world.join(), await world.join()];
    await world.giveUp(bookingOf(world, 0));
    await world.promote();
    const offer = await theOffer(world);
    const { userId } = first;
    if (how === 'lapses') world.clock.forward(13 * HOUR_MS);
    if (how === 'is declined') await declineOffer(world.deps, { offerId: offer.id, userId });
    if (how === 'is left') await leaveWaitlist(world.deps, { entryId: first.id, userId });
    await runJobs(world, { only: ['waitlist.end_offer', 'inventory.settle_claims'], rounds: 2 });
    expect(await world.free()).toBe(0);
    await world.promote();
    expect((await world.entry(first.id)).status).toBe(how === 'is left' ? 'cancelled' : 'lapsed');
    expect(await world.openOffers()).toMatchObject([{ entryId: second.id }]);
    await expect(world.accept(offer)).rejects.toMatchObject({ code: 'offer.gone' });
    expect(await told(world, 'waitlist_offer_expired')).toBe(how === 'lapses' ? 1 : 0);
    await isSound(world);
  },
);

test('what comes back and nobody fits is on sale again at once', async () => {
  await using world = await soldOut(2);
  const party = await world.join({ quantity: 2 });
  await world.giveUp(bookingOf(world, 0));
  expect(await world.free()).toBe(0);
  await world.promote();
  expect(await world.openOffers()).toEqual([]);
  expect(await world.free()).toBe(1);
  expect((await world.entry(party.id)).skips).toBe(1);
  // The other one comes back as well: together they are enough, and the one on sale is taken for the party.
  await world.giveUp(bookingOf(world, 1));
  await world.promote();
  expect(await world.openOffers()).toMatchObject([{ entryId: party.id, units: [{}, {}] }]);
  expect(await world.free()).toBe(0);
  await isSound(world);
});

test('a party that was skipped three times has what comes back kept for it, and loses it at the end', async () => {
  await using world = await soldOut(4);
  const party = await world.join({ quantity: 3 });
  await world.mongo.db.collection('waitlistEntries').updateOne({}, { $set: { skips: 3 } });
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  await world.giveUp(bookingOf(world, 1));
  await world.promote();
  expect([await world.free(), await world.openOffers()]).toEqual([0, []]);
  world.clock.forward(47.5 * HOUR_MS);
  await runJobs(world, { only: ['waitlist.promote', 'inventory.settle_claims'] });
  expect(await world.free()).toBe(2);
  expect(await world.entry(party.id)).toMatchObject({ status: 'cancelled', endReason: 'event_over' });
  await isSound(world);
});

test('who takes a part keeps the place with what remains', async () => {
  await using world = await soldOut(3);
  const party = await world.join({ quantity: 3, partWelcome: true });
  await world.join();
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  await world.accept(await theOffer(world));
  expect(await world.entry(party.id)).toMatchObject({ status: 'waiting', quantity: 2 });
  await world.giveUp(bookingOf(world, 1));
  await world.promote();
  expect(await world.openOffers()).toMatchObject([{ entryId: party.id }]);
  await isSound(world);
});

test('units of an offer that are not taken go to the next in line', async () => {
  await using world = await soldOut(2);
  const [couple, next] = [await world.join({ quantity: 2 }), await world.join()];
  for (const booking of world.bookings) await world.giveUp(booking);
  await world.promote();
  const offer = await theOffer(world);
  const { booking } = await world.accept({ ...offer, units: offer.units.slice(0, 1) });
  expect(booking.lines).toHaveLength(1);
  await world.promote();
  expect(await world.openOffers()).toMatchObject([{ entryId: next.id, units: [offer.units[1]] }]);
  expect((await world.entry(couple.id)).status).toBe('converted');
  await isSound(world);
});

test('an offer is its receiver’s alone, and brings the tickets that it names', async () => {
  await using world = await soldOut(1);
  await world.join();
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  const offer = await theOffer(world);
  await expect(world.accept({ ...offer, userId: newId('usr') })).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  const other = { ...offer, units: [{ unitId: 's:g5', label: '', priceCategory: 'A' }] };
  await expect(world.accept(other)).rejects.toMatchObject({ code: 'checkout.lines_mismatch' });
  await isSound(world);
});

test('a free booking of an offer is confirmed by the worker', async () => {
  await using world = await waitlistWorld(
    { ticketTypes: [{ id: newId('tty'), name: 'Guest', prices: { A: 0 } }] },
    { seats: 1 },
  );
  const booking = await world.book(world.inventory.seat(0));
  await world.join();
  await world.giveUp(booking);
  await world.promote();
  const accepted = await world.accept(await theOffer(world));
  expect(accepted.payment).toEqual({ state: 'free' });
  await runJobs(world, { only: ['booking.finalize', 'inventory.follow_claims'] });
  expect(await world.deps.bookings.find(accepted.booking.id)).toMatchObject({ status: 'confirmed' });
  await isSound(world);
});

test('while the event is postponed what comes back is kept, and an offer that nobody could accept costs nobody a place', async () => {
  await using world = await soldOut(2);
  const [first, second] = [await world.join(), await world.join()];
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  await world.setEvent({ status: 'postponed' });
  await expect(world.accept(await theOffer(world))).rejects.toMatchObject({ code: 'sale.closed' });
  await world.giveUp(bookingOf(world, 1));
  world.clock.forward(13 * HOUR_MS);
  await runJobs(world, { only: ['waitlist.end_offer', 'inventory.settle_claims'], rounds: 2 });
  expect([await world.free(), (await world.entry(first.id)).status]).toEqual([0, 'waiting']);
  await world.setEvent({ status: 'published' });
  await world.promote();
  expect((await world.openOffers()).map(({ entryId }) => entryId)).toEqual([first.id, second.id]);
  await isSound(world);
});

test('when the event is cancelled whoever waits is done waiting, and offers end', async () => {
  await using world = await soldOut(2);
  const [first, second] = [await world.join(), await world.join()];
  await world.giveUp(bookingOf(world, 0));
  await world.promote();
  const offer = await theOffer(world);
  await world.setEvent({ status: 'cancelled' });
  const { layout } = world.inventory;
  const cancelled = async () => ({ event: { ...world.event, status: 'cancelled' as const }, layout });
  await world.promote({ ...world.promoteDeps, layouts: { get: cancelled, refresh: cancelled } });
  expect(await world.deps.waitlistOffers.find(offer.id)).toMatchObject({ status: 'withdrawn' });
  for (const { id } of [first, second])
    expect(await world.entry(id)).toMatchObject({ status: 'cancelled', endReason: 'event_over' });
  expect(await world.deps.claims.listOwned(world.event.id, offer.id)).toEqual([]);
  expect((await world.audit()).findings).toEqual([]);
});

test('units that the list kept, and nobody waits for any more, are put on sale by the sweep', async () => {
  await using world = await waitlistWorld({}, { seats: 1 });
  const booking = await world.book(world.inventory.seat(0));
  const entry = await world.join();
  await world.giveUp(booking);
  await world.deps.unitOfWork.run((tx) =>
    world.deps.waitlistEntries.markCancelled(tx, entry.id, 'left', new Date()),
  );
  expect(await world.free()).toBe(0);
  expect(await sweepWaitlists(world.promoteDeps, new AbortController().signal)).toMatchObject({ failed: 0 });
  await runJobs(world, { only: ['inventory.settle_claims'] });
  expect(await world.free()).toBe(1);
  await isSound(world);
});

test('a seat that comes free on sale while somebody waits is found by the sweep', async () => {
  await using world = await waitlistWorld({}, { seats: 1 });
  const hold = await world.hold([world.inventory.seat(0)]);
  const entry = await world.join();
  await world.inventory.holds.release(world.event.id, hold.id, hold.owner);
  expect(await world.free()).toBe(1);
  await world.promote();
  expect(await world.openOffers()).toMatchObject([{ entryId: entry.id }]);
  expect(await world.free()).toBe(0);
  await isSound(world);
});

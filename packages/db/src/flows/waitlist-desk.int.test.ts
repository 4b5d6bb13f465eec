import { removeEntry } from '@eventhorizon/core/flows/remove-entry';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { viewEntries } from '@eventhorizon/core/waitlist/entry-view';
import { getWaitlist } from '@eventhorizon/core/waitlist/get-waitlist';
import { listWaitlist } from '@eventhorizon/core/waitlist/list-waitlist';
import type { Offer } from '@eventhorizon/core/waitlist/offer';
import { expect, test } from 'vitest';
import { mongoEvents } from '../mongo/events.ts';
import { type DeskWorld, deskWorld } from '../testing/desk-world.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';

const readDeps = ({ deps, mongo }: DeskWorld) => ({ ...deps, events: mongoEvents(mongo.db) });

const list = async (world: DeskWorld, change: Partial<Parameters<typeof listWaitlist>[1]> = {}) =>
  listWaitlist(readDeps(world), { access: world.access, eventId: world.event.id, limit: 20, ...change });

const summary = (world: DeskWorld) =>
  getWaitlist(readDeps(world), { organizationId: world.access.organizationId, eventId: world.event.id });

const theOffer = async (world: DeskWorld): Promise<Offer> => {
  const [offer] = await world.openOffers();
  if (offer === undefined) throw new Error('nothing is offered');
  return offer;
};

test('a paused list offers nothing and keeps what comes back from strangers; resumed, it goes on in order', async () => {
  await using world = await deskWorld(2);
  const [first] = [await world.join(), await world.join()];
  await world.comeBack(0);
  await world.promote();
  const open = await theOffer(world);
  await world.pause();
  await world.comeBack(1);
  await world.promote();
  await world.promote();
  expect(await world.openOffers()).toHaveLength(1);
  expect(await world.free()).toBe(0);
  expect(await summary(world)).toMatchObject({
    state: 'paused',
    entries: { waiting: 1, offered: 1 },
    ticketsWanted: 1,
    offers: { open: 1, units: 1 },
    unitsKept: 1,
  });
  // What was offered before stays good.
  expect((await world.accept(open)).booking.userId).toBe(first.userId);
  expect(await world.pause()).toEqual(await world.pause());
  await world.resume();
  await runJobs(world, { only: ['waitlist.promote', 'inventory.settle_claims'] });
  expect(await world.openOffers()).toHaveLength(1);
  expect(await summary(world)).toMatchObject({ state: 'offering', pausedAt: null, unitsKept: 0 });
  expect(await world.faults()).toEqual([]);
});

test('a paused list takes nothing off the sale, and what nobody waits for any more is on sale again', async () => {
  await using world = await deskWorld(2);
  const only = await world.join();
  await world.pause();
  await world.comeBack(0, 1);
  await world.promote();
  expect([await world.free(), (await summary(world)).unitsKept]).toEqual([0, 2]);
  const byHand = await world.offer(only.id);
  await runJobs(world, { only: ['waitlist.promote', 'inventory.settle_claims'] });
  expect([await world.free(), (await summary(world)).unitsKept]).toEqual([1, 0]);
  // Somebody joins for what a stranger could buy: while the list is paused it stays on sale.
  await world.join({ quantity: 2, partWelcome: true });
  await world.promote();
  expect([await world.free(), (await world.openOffers()).map(({ id }) => id)]).toEqual([1, [byHand.id]]);
  expect(await world.faults()).toEqual([]);
});

test('a list whose event is over cannot be paused', async () => {
  await using world = await deskWorld(1);
  await world.setEvent({ status: 'cancelled' });
  await expect(world.pause()).rejects.toMatchObject({ code: 'waitlist.closed' });
});

test('a withdrawn offer goes to the next, its entry keeps its place for others, and its person is told once', async () => {
  await using world = await deskWorld(2);
  const [first, second] = [await world.join(), await world.join()];
  await world.comeBack(0);
  await world.promote();
  const offer = await theOffer(world);
  expect(await world.withdraw(offer)).toMatchObject({ status: 'withdrawn' });
  expect(await world.withdraw(offer)).toMatchObject({ status: 'withdrawn' });
  await world.promote();
  expect(await theOffer(world)).toMatchObject({ entryId: second.id, units: offer.units });
  expect((await list(world)).items).toMatchObject([
    { id: first.id, status: 'waiting', position: 1, offer: { id: offer.id, status: 'withdrawn' } },
    { id: second.id, status: 'offered', position: null, offer: { status: 'open' } },
  ]);
  expect(await world.told('waitlist_offer_withdrawn')).toBe(1);
  await expect(world.accept(offer)).rejects.toMatchObject({ code: 'offer.gone' });
  const late = await world.join();
  await world.comeBack(1);
  await world.promote();
  expect((await world.openOffers()).map(({ entryId }) => entryId)).toEqual([second.id, first.id]);
  expect((await world.entry(late.id)).status).toBe('waiting');
  expect(await world.faults()).toEqual([]);
});

test('withdrawn while nobody else waits, units are on sale and are not offered to the same person again', async () => {
  await using world = await deskWorld(1);
  await world.join();
  await world.comeBack(0);
  await world.promote();
  await world.withdraw(await theOffer(world));
  await world.promote();
  await world.promote();
  expect([await world.free(), await world.openOffers()]).toEqual([1, []]);
  expect(await world.faults()).toEqual([]);
});

test('twin: without a note of what was taken back, the same person is offered the same seat again at once', async () => {
  await using world = await deskWorld(1);
  const entry = await world.join();
  await world.comeBack(0);
  await world.promote();
  const waitlistEntries = { ...world.deps.waitlistEntries, withhold: async () => undefined };
  await world.withdraw(await theOffer(world), { ...world.deps, waitlistEntries });
  await world.promote();
  expect(await world.openOffers()).toMatchObject([{ entryId: entry.id }]);
});

test('an organizer offers out of turn what a paused list has, once, and the receiver is told and may accept', async () => {
  await using world = await deskWorld(2);
  const [first, second] = [await world.join(), await world.join()];
  await world.pause();
  await world.comeBack(0);
  const offerId = newId('ofr');
  const offer = await world.offer(second.id, { offerId });
  expect(offer).toMatchObject({ id: offerId, entryId: second.id, madeBy: world.access.userId });
  expect(await world.offer(second.id, { offerId })).toEqual(offer);
  await expect(world.offer(second.id)).rejects.toMatchObject({ code: 'waitlist.offer_open' });
  await expect(world.offer(first.id, { offerId })).rejects.toMatchObject({ code: 'offer.id_in_use' });
  await expect(world.offer(first.id)).rejects.toMatchObject({
    code: 'waitlist.nothing_fits',
    details: { wanted: 1, left: 0 },
  });
  expect(await world.told('waitlist_offer')).toBe(1);
  const { booking } = await world.accept(await theOffer(world));
  expect(booking).toMatchObject({ userId: second.userId, status: 'pending' });
  await expect(world.offer(second.id)).rejects.toMatchObject({ code: 'waitlist.not_waiting' });
  expect(await world.faults()).toEqual([]);
});

test('what an offer by hand lacks is taken off the sale through a hold, and free to nobody afterwards', async () => {
  await using world = await deskWorld(3);
  const couple = await world.join({ quantity: 2 });
  // Alone it fits nobody, so it is on sale again.
  await world.comeBack(0);
  await world.promote();
  await world.pause();
  await world.comeBack(1);
  expect([await world.free(), (await summary(world)).unitsKept]).toEqual([1, 1]);
  const offer = await world.offer(couple.id);
  expect(offer.units.map(({ unitId }) => unitId).sort()).toEqual(['s:g0', 's:g1']);
  expect(await world.free()).toBe(0);
  expect(await world.faults()).toEqual([]);
});

test.each([
  ['is off', { waitlist: { enabled: false, offerMs: HOUR_MS, mode: 'offer' } }, 'waitlist.closed'],
  ['has no sale', { status: 'postponed' }, 'sale.closed'],
] as const)('nothing is offered by hand while an event %s', async (_what, set, code) => {
  await using world = await deskWorld(1);
  const entry = await world.join();
  await world.pause();
  await world.comeBack(0);
  await world.setEvent(set);
  await expect(world.offer(entry.id)).rejects.toMatchObject({ code });
  expect(await world.openOffers()).toEqual([]);
});

test('an entry that is removed is over, what it was offered goes to the next, and only organizers read why', async () => {
  await using world = await deskWorld(1);
  const [first, second] = [await world.join(), await world.join()];
  await world.comeBack(0);
  await world.promote();
  const remove = { access: world.access, entryId: first.id, reason: 'bought elsewhere' };
  await removeEntry(world.deps, remove);
  await removeEntry(world.deps, { ...remove, reason: 'again' });
  await runJobs(world, { only: ['waitlist.promote', 'inventory.settle_claims'] });
  expect(await theOffer(world)).toMatchObject({ entryId: second.id });
  expect(await world.told('waitlist_removed')).toBe(1);
  const { items } = await list(world, { status: 'cancelled' });
  expect(items).toMatchObject([
    { id: first.id, endReason: 'removed', person: { name: 'Grace', removedBecause: 'bought elsewhere' } },
  ]);
  const [own] = await viewEntries(world.deps, [await world.entry(first.id)]);
  expect(JSON.stringify(own)).not.toContain('elsewhere');
  await world.accept(await theOffer(world));
  await expect(removeEntry(world.deps, { ...remove, entryId: second.id })).rejects.toMatchObject({
    code: 'waitlist.not_waiting',
    details: { status: 'converted' },
  });
  expect(await world.faults()).toEqual([]);
});

test('the list comes in pages in its order, by status, and shows persons to those who may read bookings', async () => {
  await using world = await deskWorld(1);
  const ids = [];
  for (let n = 0; n < 5; n += 1) ids.push((await world.join({ quantity: n + 1 })).id);
  await world.comeBack(0);
  await world.promote();
  const first = await list(world, { limit: 3 });
  const second = await list(world, { limit: 3, cursor: first.nextCursor ?? '' });
  const all = [...first.items, ...second.items];
  expect(all.map(({ id }) => id)).toEqual(ids);
  expect(all.map(({ position }) => position)).toEqual([null, 1, 2, 3, 4]);
  expect(second.nextCursor).toBeNull();
  expect((await list(world, { status: 'offered' })).items).toMatchObject([
    { id: ids[0], offer: { status: 'open', units: [{ unitId: 's:g0' }] } },
  ]);
  expect((await summary(world)).wishes).toEqual([
    { wish: { priceCategory: 'A', areaId: null, ticketTypeId: null }, entries: 4, tickets: 14 },
  ]);
  expect(all[1]?.person).toMatchObject({ email: 'grace@example.org' });
  const { items } = await list(world, { access: { ...world.access, role: 'analyst' } });
  expect(items.map(({ person }) => person)).toEqual([null, null, null, null, null]);
  expect(JSON.stringify(items)).not.toContain('grace');
});

test('another organization’s list, entries and offers do not exist', async () => {
  await using world = await deskWorld(1);
  const entry = await world.join();
  await world.comeBack(0);
  await world.promote();
  const offer = await theOffer(world);
  const foreign = { ...world, access: { ...world.access, organizationId: newId('org') } };
  const { access, deps } = foreign;
  const calls = [
    list(foreign),
    summary(foreign),
    removeEntry(deps, { access, entryId: entry.id, reason: 'mine' }),
  ];
  await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'thing.not_found' })));
  expect(await theOffer(world)).toEqual(offer);
});

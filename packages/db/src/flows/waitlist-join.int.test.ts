import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { joinWaitlist } from '@eventhorizon/core/waitlist/join-waitlist';
import { listMyEntries } from '@eventhorizon/core/waitlist/list-my-entries';
import { reduceEntry } from '@eventhorizon/core/waitlist/reduce-entry';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { type WaitlistWorld, waitlistWorld } from '../testing/waitlist-world.ts';

/** Two seats, both being bought. */
const soldOut = async (): Promise<WaitlistWorld> => {
  const world = await waitlistWorld({}, { seats: 2 });
  await world.book(world.inventory.seat(0), world.inventory.seat(1));
  return world;
};

test('who joins has a place behind those before, which the account’s list tells as it is now', async () => {
  await using world = await soldOut();
  const first = await world.join({ quantity: 2 });
  const second = await world.join({ partWelcome: true, quantity: 3 });
  expect([first.position, second.position]).toEqual([1, 2]);
  const mine = () => listMyEntries(world.deps, { userId: second.userId, limit: 20 });
  expect(await mine()).toMatchObject({
    items: [{ id: second.id, position: 2, quantity: 3, partWelcome: true, offer: null }],
  });
  await world.deps.unitOfWork.run((tx) =>
    world.deps.waitlistEntries.markCancelled(tx, first.id, 'left', new Date()),
  );
  expect((await mine()).items[0]?.position).toBe(1);
});

test('the place in line is ours to give: an id that looks older than all others brings nobody to the front', async () => {
  await using world = await soldOut();
  const first = await world.join();
  const entryId = `wle_${'0'.repeat(26)}` as typeof first.id;
  expect(await world.join({ entryId })).toMatchObject({ id: entryId, position: 2 });
  const served = await world.deps.waitlistEntries.listWaiting(world.event.id, null, 10);
  expect(served.map(({ id }) => id)).toEqual([first.id, entryId]);
});

test('what can be booked now is not waited for', async () => {
  await using world = await waitlistWorld({}, { seats: 3 });
  await world.book(world.inventory.seat(0));
  await expect(world.join({ quantity: 2 })).rejects.toMatchObject({
    code: 'waitlist.places_free',
    details: { free: 2 },
  });
  expect(await world.join({ quantity: 3 })).toMatchObject({ status: 'waiting', position: 1 });
});

test('a lost answer may be asked again, by the same person only', async () => {
  await using world = await soldOut();
  const userId = newId('usr');
  const { id } = await world.join({ userId });
  const command = {
    eventId: world.event.id,
    entryId: id,
    wish: { priceCategory: 'A', areaId: null, ticketTypeId: null },
    quantity: 1,
    partWelcome: false,
    buyer: { name: 'Grace', email: 'grace@example.org', phone: null, statistics: null },
  };
  expect(await joinWaitlist(world.joinDeps, { ...command, userId })).toMatchObject({ id, position: 1 });
  await expect(joinWaitlist(world.joinDeps, { ...command, userId: newId('usr') })).rejects.toMatchObject({
    code: 'waitlist.id_in_use',
  });
});

test('one person has a handful of entries for an event, each for something else', async () => {
  await using world = await soldOut();
  const userId = newId('usr');
  const [type] = world.event.ticketTypes;
  const ticketTypeId = type?.id ?? newId('tty');
  await world.join({ userId });
  await world.join({ userId, wish: { ticketTypeId } });
  await expect(world.join({ userId })).rejects.toMatchObject({ code: 'waitlist.joined_already' });
  await expect(world.join({ userId, wish: { ticketTypeId: newId('tty') } })).rejects.toMatchObject({
    code: 'input.invalid',
  });
});

test('nobody joins too late, and nobody for more than may be bought', async () => {
  await using world = await soldOut();
  await expect(world.join({ quantity: 11 })).rejects.toMatchObject({ code: 'hold.too_many' });
  world.clock.forward(47.5 * HOUR_MS);
  await expect(world.join()).rejects.toMatchObject({ code: 'waitlist.closed', details: { why: 'too_late' } });
});

test('an entry is made smaller, never larger, in its place', async () => {
  await using world = await soldOut();
  const entry = await world.join({ quantity: 4 });
  await world.join();
  const to = (quantity: number, userId = entry.userId) =>
    reduceEntry(world.deps, { userId, entryId: entry.id, quantity });
  expect(await to(2)).toMatchObject({ quantity: 2, position: 1 });
  expect(await to(2)).toMatchObject({ quantity: 2 });
  await expect(to(3)).rejects.toMatchObject({ code: 'waitlist.only_fewer' });
  await expect(to(1, newId('usr'))).rejects.toMatchObject({ code: 'thing.not_found' });
});

import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import type { BookingId } from '@eventhorizon/core/shared/ids';
import { expect, test } from 'vitest';
import { seatsPick } from '../redis/testing/inventory-fixture.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A hold of seat 0 is booked; Redis has forgotten it, and its id comes again with seats 1 and 2, to be checked out. */
const reused = async (
  world: SaleWorld,
  deps: SaleDeps,
  meanwhile: (bookingId: BookingId) => Promise<unknown> = async () => null,
) => {
  const userId = newId('usr');
  const hold = await world.hold([world.inventory.seat(0)], userId);
  const { booking } = await checkout(world.deps, world.command(hold));
  await meanwhile(booking.id);
  const seats = [world.inventory.seat(1), world.inventory.seat(2)];
  const again = await world.inventory.holds.place({
    ...world.inventory.request([seatsPick(seats)], { owner: userId, quote: hold.quote }),
    holdId: hold.id,
  });
  if (again.outcome !== 'held') throw new Error(`not held: ${again.outcome}`);
  const answer = await checkout(deps, world.command(again.hold));
  return { booking, answer: answer.booking, owners: await world.inventory.mirror.owners(world.event.id) };
};

test('a hold id used again marks no foreign units: its booking is answered, the other seats are free again', async () => {
  await using world = await saleWorld();
  const { booking, answer, owners } = await reused(world, world.deps);
  expect(answer.id).toBe(booking.id);
  expect(owners).toEqual(new Map([[world.inventory.seat(0).unitId, booking.id]]));
  await runJobs(world, { only: ['inventory.follow_claims'] });
  expect(await auditMirror(world.deps, world.event.id)).toMatchObject({ differences: [] });
  await checkout(world.deps, world.command(await world.hold([world.inventory.seat(1)])));
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: marking all that the hold has blocks seats that nobody bought', async () => {
  await using world = await saleWorld();
  const foreign = [world.inventory.seat(1), world.inventory.seat(2)];
  const holds: SaleDeps['holds'] = {
    ...world.deps.holds,
    completeConversion: (eventId, holdId, token, bookingId, person) =>
      world.deps.holds.completeConversion(eventId, holdId, token, bookingId, person, foreign),
  };
  const { booking, owners } = await reused(world, { ...world.deps, holds });
  for (const { unitId } of foreign) expect(owners?.get(unitId)).toBe(booking.id);
  expect((await auditMirror(world.deps, world.event.id)).differences).toHaveLength(2);
});

test('a hold id whose booking is over gets nothing booked, and keeps no seats from others', async () => {
  await using world = await saleWorld();
  const { answer, owners } = await reused(world, world.deps, async (bookingId) => {
    world.clock.forward(HOUR_MS);
    await closeBooking(world.deps, { bookingId, reason: 'unpaid' });
    await runJobs(world, { only: ['inventory.follow_claims'] });
  });
  expect(answer.status).toBe('expired');
  expect(owners).toEqual(new Map());
});

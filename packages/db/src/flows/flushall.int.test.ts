import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { atCall } from '@eventhorizon/core/testing/at-call';
import { expect, test } from 'vitest';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** Redis loses everything, is built anew from Mongo, and a rival goes for the same seat at once. Gives what became of it. */
const flushAndRival = async (world: SaleWorld, seat: number): Promise<string> => {
  await world.inventory.redis.flushall();
  await world.rebuild();
  try {
    const rival = await world.hold([world.inventory.seat(seat)]);
    await checkout(world.deps, world.command(rival));
    return 'bought';
  } catch (error) {
    return isDomainError(error) ? error.code : String(error);
  }
};

/** Hold, checkout, payment, webhook and the jobs that follow, for one seat, with one FLUSHALL before the n-th step. */
const saleWithFlush = async (world: SaleWorld, seat: number, at: number) => {
  let rival: string | null = null;
  const deps: SaleDeps = atCall(world.deps, async (call, when) => {
    if (call === at && when === 'before') rival = await flushAndRival(world, seat);
  });
  const hold = await world.hold([world.inventory.seat(seat)]);
  const made = await checkout(deps, world.command(hold)).catch((error: unknown) => {
    if (!isDomainError(error)) throw error;
    return error.code;
  });
  if (typeof made !== 'string') {
    const intent = [...world.gateway.intents.values()].find((i) => i.bookingId === made.booking.id);
    if (intent !== undefined)
      await receiveWebhook(deps, world.gateway.delivery(world.gateway.pay(intent.id)));
    await runJobs(world, { deps, only: ['booking.finalize', 'inventory.follow_claims'] });
    expect(await world.deps.bookings.find(made.booking.id), `flushed before step ${at}`).toMatchObject({
      status: 'confirmed',
    });
  }
  return { made, rival };
};

test('FLUSHALL between any two steps, with a rival for the seat, never sells twice nor loses a paid booking', async () => {
  await using world = await saleWorld({}, { seats: 80, places: 0 });
  let seat = 0;
  for (let at = 1; ; at += 1) {
    const { made, rival } = await saleWithFlush(world, seat, at);
    if (rival === null) break;
    seat += 1;
    // One of the two has it, never both, never neither.
    expect([typeof made !== 'string', rival === 'bought'].filter(Boolean), `step ${at}`).toHaveLength(1);
  }
  expect(seat).toBeGreaterThan(25);
  await runJobs(world);
  expect((await world.audit()).findings).toEqual([]);
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
});

test('twin: without the unique index over claims a FLUSHALL at the right step sells a seat twice', async () => {
  await using world = await saleWorld({}, { seats: 80, places: 0 });
  await world.mongo.db.collection('claims').dropIndex('unit_once');
  const twice: number[] = [];
  for (let at = 1; at <= 8; at += 1) {
    const { made, rival } = await saleWithFlush(world, at, at);
    if (typeof made !== 'string' && rival === 'bought') twice.push(at);
  }
  expect(twice.length).toBeGreaterThan(0);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('unit_claimed_twice');
});

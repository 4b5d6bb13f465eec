import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { checkout } from '@eventhorizon/core/flows/checkout';
import type { Claim } from '@eventhorizon/core/inventory/claim';
import { eventGate } from '@eventhorizon/core/inventory/event-gate';
import { expect, test } from 'vitest';
import { onlyClaims, scriptsWithout } from '../redis/testing/inventory-fixture.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** Something that has happened, and something that is waited for. */
const latch = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/**
 * A checkout in the middle of a rebuild: Redis is lost after the hold has begun to convert; the rebuild has read Mongo to
 * the end; only then does the checkout commit and tell Redis; only then does the rebuild swap its copy in.
 */
const checkoutDuringRebuild = async (world: SaleWorld) => {
  const [hasRead, mayFinish] = [latch(), latch()];
  const claims = async function* (): AsyncGenerator<Claim> {
    yield* world.deps.claims.streamOfEvent(world.event.id);
    hasRead.open();
    await mayFinish.opened;
  };
  let rebuilding: Promise<unknown> = Promise.resolve();
  const holds: SaleWorld['deps']['holds'] = {
    ...world.deps.holds,
    beginConversion: async (...args) => {
      const begun = await world.deps.holds.beginConversion(...args);
      await world.inventory.redis.flushall();
      const { event, layout } = await world.deps.layouts.get(world.event.id);
      rebuilding = world.inventory.mirror.rebuild(layout, eventGate(event, layout), onlyClaims(claims));
      await hasRead.opened;
      return begun;
    },
  };
  const seat = world.inventory.seat(3);
  const hold = await world.hold([seat]);
  const { booking } = await checkout({ ...world.deps, holds }, world.command(hold));
  mayFinish.open();
  expect(await rebuilding).toBe('rebuilt');
  return {
    booking,
    unitId: seat.unitId,
    differences: async () => (await auditMirror(world.deps, world.event.id)).differences,
  };
};

test('a checkout that commits while Redis is rebuilt is in the new copy, although the rebuild had read Mongo before', async () => {
  await using world = await saleWorld();
  const { booking, unitId, differences } = await checkoutDuringRebuild(world);
  expect(booking.status).toBe('pending');
  expect(await world.deps.claims.findOwners(world.event.id, [unitId])).toMatchObject([{ owner: booking.id }]);
  expect(await differences()).toEqual([]);
});

test('twin: without the journal the new copy shows the sold seat as free', async () => {
  await using world = await saleWorld({}, {}, scriptsWithout("redis.call('RPUSH', K.journal, entry)"));
  const { booking, unitId, differences } = await checkoutDuringRebuild(world);
  expect(await differences()).toEqual([{ unitId, mongo: booking.id, redis: null }]);
});

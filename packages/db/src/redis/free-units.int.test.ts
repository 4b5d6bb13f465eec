import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { connectForRequests } from './connect.ts';
import { createFreeUnits } from './free-units.ts';
import { createScriptRunner } from './script-runner.ts';
import { seatsPick, testInventory } from './testing/inventory-fixture.ts';

describe('free units of many events', () => {
  it('are those neither held nor taken, over all pools, and an event without a copy is absent', async () => {
    await using t = await testInventory();
    const units = createFreeUnits(t.runner);
    const unknown = newId('evt');
    await t.holds.place(t.request([seatsPick([t.seat(0), t.seat(1)])]));
    expect(await units.count([t.event.id, unknown])).toEqual(new Map([[t.event.id, 16]]));
    expect(await units.count([])).toEqual(new Map());
  });

  it('count a hold that is due as free', async () => {
    await using t = await testInventory();
    await t.holds.place(t.request([seatsPick([t.seat(0)])], { ttlMs: 0 }));
    expect((await createFreeUnits(t.runner).count([t.event.id])).get(t.event.id)).toBe(18);
  });

  it('are asked for in a few trips, not in one an event', async () => {
    await using t = await testInventory();
    const { runner, redis } = forRequests(t.server.url);
    const readsOf = async () => Number(/total_reads_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);
    await createFreeUnits(runner).count([t.event.id]);
    const before = await readsOf();
    await createFreeUnits(runner).count(Array.from({ length: 100 }, () => t.event.id));
    expect((await readsOf()) - before).toBeLessThan(20);
    redis.disconnect();
  });
});

const forRequests = (url: string) => {
  const redis = connectForRequests(url);
  return { redis, runner: createScriptRunner(redis) };
};

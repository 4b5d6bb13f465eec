import type { TestRedis } from '@eventhorizon/devstack/test-redis';
import { describe, expect, it } from 'vitest';
import { createChangeBell } from './change-bell.ts';
import { connectForWork } from './connect.ts';
import { changeChannel, eventKey } from './keys.ts';
import { type Inventory, scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';

const bellOn = (server: TestRedis) => {
  const redis = connectForWork(server.url, { lazyConnect: true });
  const faults: unknown[] = [];
  redis.on('error', (error) => faults.push(error));
  return {
    redis,
    faults,
    bell: createChangeBell({ redis, onError: (error) => faults.push(error) }),
    [Symbol.dispose]: () => redis.disconnect(),
  };
};

const subscribersOf = async (t: Inventory): Promise<number> => {
  const [, count] = (await t.redis.pubsub('NUMSUB', changeChannel(t.event.id))) as [string, number];
  return Number(count);
};

const claimed = (t: Inventory) => ({
  eventId: t.event.id,
  owner: 'bkg_x',
  person: null,
  change: 'mark' as const,
});

/** As if the last ring were long ago: within 100 ms of one there is no other. */
const forgetRing = (t: Inventory) => t.redis.hdel(eventKey(t.event.id, 'meta'), 'rung');

/** Counts rings; the one for the subscription itself is not counted. */
const countRings = async (t: Inventory, { bell }: Pick<ReturnType<typeof bellOn>, 'bell'>) => {
  let rings = 0;
  const stop = await bell.listen(t.event.id, () => {
    rings += 1;
  });
  rings = 0;
  await forgetRing(t);
  return { rings: () => rings, stop };
};

describe('the bell of an event', () => {
  it('rings when a hold is placed and when it is released', async () => {
    await using t = await testInventory();
    using hung = bellOn(t.server);
    const { rings } = await countRings(t, hung);
    const request = t.request([seatsPick([t.seat(1)])]);
    await t.holds.place(request);
    await expect.poll(rings).toBe(1);
    await forgetRing(t);
    await t.holds.release(t.event.id, request.holdId, request.owner);
    await expect.poll(rings).toBe(2);
  });

  it.each([
    ['claims change in Mongo', (t: Inventory) => t.mirror.follow({ ...claimed(t), units: [t.seat(2)] })],
    ['a due hold ends', (t: Inventory) => t.mirror.sweep(t.event.id)],
    [
      'the event is cancelled',
      (t: Inventory) => t.mirror.setGate({ ...t.gate, revision: 2, status: 'cancelled' }),
    ],
    [
      'the copy is useless from now on',
      (t: Inventory) => t.mirror.setGate({ ...t.gate, revision: 2, shape: 'other' }),
    ],
    ['the copy was rebuilt', (t: Inventory) => t.rebuild(true)],
  ])('rings when %s', async (_, change) => {
    await using t = await testInventory();
    await t.holds.place(t.request([seatsPick([t.seat(1)])], { ttlMs: 0 }));
    using hung = bellOn(t.server);
    const { rings } = await countRings(t, hung);
    await change(t);
    await expect.poll(rings).toBeGreaterThan(0);
  });

  it('twin: scripts that do not ring are not heard', async () => {
    await using t = await testInventory(
      {},
      { sources: scriptsWithout("redis.call('PUBLISH'", "string.format('%s'") },
    );
    using hung = bellOn(t.server);
    const { rings } = await countRings(t, hung);
    await t.holds.place(t.request([seatsPick([t.seat(1)])]));
    // What is published by hand afterwards arrives after whatever the script would have.
    await t.redis.publish(changeChannel(t.event.id), '');
    await expect.poll(rings).toBe(1);
  });

  it('does not ring for what changes nothing', async () => {
    await using t = await testInventory();
    using hung = bellOn(t.server);
    const { rings } = await countRings(t, hung);
    await t.mirror.sweep(t.event.id);
    await t.reader.read(t.event.id);
    await t.redis.publish(changeChannel(t.event.id), '');
    await expect.poll(rings).toBe(1);
  });

  it('rings a few times for a rush, not for each of its changes', async () => {
    await using t = await testInventory({ places: 400 });
    using hung = bellOn(t.server);
    const { rings } = await countRings(t, hung);
    const startedAt = performance.now();
    for (let n = 1; n <= 300; n += 1) await t.mirror.follow({ ...claimed(t), units: [t.place(n)] });
    const windows = Math.ceil((performance.now() - startedAt) / 100) + 1;
    expect(rings()).toBeGreaterThan(0);
    expect(rings()).toBeLessThanOrEqual(windows);
  });
});

describe('a process', () => {
  it('is rung once when its bell hangs: what came before, and the 100 ms after an unheard ring, were not heard', async () => {
    await using t = await testInventory();
    using hung = bellOn(t.server);
    let rings = 0;
    await hung.bell.listen(t.event.id, () => {
      rings += 1;
    });
    expect(rings).toBeGreaterThan(0);
  });

  it('subscribes once to an event however many listen, and not at all when the last has stopped', async () => {
    await using t = await testInventory();
    using hung = bellOn(t.server);
    const stops = await Promise.all(
      Array.from({ length: 20 }, () => hung.bell.listen(t.event.id, () => undefined)),
    );
    expect(await subscribersOf(t)).toBe(1);
    for (const stop of stops.slice(1)) stop();
    expect(await subscribersOf(t)).toBe(1);
    stops[0]?.();
    await expect.poll(() => subscribersOf(t)).toBe(0);
  });

  it('hangs its bells again when its connection was lost, and rings them, because it heard nothing meanwhile', async () => {
    await using t = await testInventory();
    using hung = bellOn(t.server);
    const { rings } = await countRings(t, hung);
    await t.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await expect.poll(rings, { timeout: 10_000 }).toBeGreaterThan(0);
    const before = rings();
    await forgetRing(t);
    await t.holds.place(t.request([seatsPick([t.seat(1)])]));
    await expect.poll(rings).toBeGreaterThan(before);
  });

  it('does not wait for a Redis that is away', async () => {
    const redis = connectForWork('redis://127.0.0.1:1', { lazyConnect: true });
    redis.on('error', () => undefined);
    const bell = createChangeBell({ redis, onError: () => undefined });
    await using t = await testInventory();
    const stop = await bell.listen(t.event.id, () => undefined);
    stop();
    redis.disconnect();
  });
});

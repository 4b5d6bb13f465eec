import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { seatStateAt } from '@eventhorizon/core/inventory/availability';
import { describe, expect, it } from 'vitest';
import { createAvailabilityCache } from './availability-cache.ts';
import { type Inventory, seatsPick, testInventory } from './testing/inventory-fixture.ts';

const cacheOn = (t: Inventory, maxEvents = 10) => {
  const time = { now: 0, reads: 0 };
  const cache = createAvailabilityCache({
    reader: {
      read: (eventId) => {
        time.reads += 1;
        return t.reader.read(eventId);
      },
    },
    layouts: t.layouts,
    clock: { now: () => new Date('2030-01-01T00:00:00Z') },
    monotonicMs: () => time.now,
    maxEvents,
  });
  return { cache, time };
};

describe('the availability that a process remembers', () => {
  it('is read once per 250 ms, however many ask at once', async () => {
    await using t = await testInventory();
    const { cache, time } = cacheOn(t);
    await Promise.all(Array.from({ length: 50 }, () => cache.get(t.event.id)));
    time.now = 249;
    await cache.get(t.event.id);
    expect(time.reads).toBe(1);
    time.now = 250;
    await cache.get(t.event.id);
    expect(time.reads).toBe(2);
  });

  it('has another ETag and body exactly when a unit changed', async () => {
    await using t = await testInventory();
    const { cache, time } = cacheOn(t);
    const first = await cache.get(t.event.id);
    time.now = 1_000;
    expect(await cache.get(t.event.id)).toBe(first);
    await t.holds.place(t.request([seatsPick([t.seat(2)])]));
    time.now = 2_000;
    const second = await cache.get(t.event.id);
    expect(second?.etag).not.toBe(first?.etag);
    expect(second?.etag).toMatch(/^"[0-9a-f-]+-\d+"$/);
  });

  it('says the same in every encoding, counts by pool and seats in two bits', async () => {
    await using t = await testInventory();
    const { cache } = cacheOn(t);
    await t.holds.place(t.request([seatsPick([t.seat(2)])]));
    const page = await cache.get(t.event.id);
    if (page === null) throw new Error('cold');
    const view = JSON.parse(Buffer.from(page.body('identity')).toString());
    expect(view).toEqual(page.view);
    expect(gunzipSync(page.body('gzip'))).toEqual(Buffer.from(page.body('identity')));
    expect(brotliDecompressSync(page.body('br'))).toEqual(Buffer.from(page.body('identity')));
    expect(page.body('br')).toBe(page.body('br'));
    expect(view.pools).toEqual([
      { key: 'A', kind: 'seats', priceCategory: 'A', free: 7, held: 1, taken: 0 },
      { key: t.areaId, kind: 'places', priceCategory: 'S', free: 10, held: 0, taken: 0 },
    ]);
    const seats = Buffer.from(view.seats, 'base64');
    expect(seatStateAt(seats, 2)).toBe('held');
    expect(seatStateAt(seats, 3)).toBe('free');
  });

  it('forgets what it knew when Redis is cold', async () => {
    await using t = await testInventory();
    const { cache, time } = cacheOn(t);
    await cache.get(t.event.id);
    await t.redis.flushall();
    time.now = 1_000;
    expect(await cache.get(t.event.id)).toBeNull();
  });

  it('applies what is due before it counts', async () => {
    await using t = await testInventory();
    const { cache } = cacheOn(t);
    await t.holds.place(t.request([seatsPick([t.seat(2)])], { ttlMs: 0 }));
    expect((await cache.get(t.event.id))?.view.pools[0]).toMatchObject({ free: 8, held: 0 });
  });
});

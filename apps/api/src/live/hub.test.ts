import type { ChangeBell } from '@eventhorizon/core/inventory/ports';
import { describe, expect, it } from 'vitest';
import { beliefOf, liveWorld } from './testing/live-world.ts';

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no refusal',
    (error: { code?: string }) => error.code,
  );

describe('an event with many listeners', () => {
  it('is subscribed to once, and each delta is encoded once', async () => {
    const world = liveWorld();
    const listeners = await Promise.all(Array.from({ length: 100 }, () => world.join()));
    for (let seat = 0; seat < 10; seat += 1) {
      world.set(seat, 1, 1);
      await world.timers.pass(300);
    }
    expect(world.seen).toMatchObject({ subscriptions: 1, deltas: 10, encoded: 10, snapshots: 1 });
    for (const listener of listeners) {
      expect(listener.kinds()).toEqual(['snapshot', ...Array.from({ length: 10 }, () => 'delta')]);
      expect(beliefOf(listener)).toBe(world.truth());
    }
  });

  it('is left alone when the last of them has left: no subscription, no more reads', async () => {
    const world = liveWorld();
    const [one, other] = [await world.join(), await world.join()];
    one.leave();
    expect(world.subscribed()).toBe(1);
    other.leave();
    expect(world.subscribed()).toBe(0);
    const { reads } = world.seen;
    await world.timers.pass(60_000);
    expect([world.seen.reads, world.seen.listeners]).toEqual([reads, 0]);
  });

  it('is told of at most four times a second, however often it changes', async () => {
    const world = liveWorld();
    const listener = await world.join();
    for (let n = 0; n < 500; n += 1) {
      world.set(n % 40, 1, n % 3);
      await world.timers.pass(20);
    }
    expect(world.seen.deltas).toBeGreaterThan(35);
    expect(world.seen.deltas).toBeLessThanOrEqual(40);
    await world.timers.pass(250);
    expect(beliefOf(listener)).toBe(world.truth());
  });

  it('is told of once in two seconds while the process is late', async () => {
    const world = liveWorld({ lagMs: () => 200 });
    await world.join();
    await world.timers.pass(2_000);
    const { deltas } = world.seen;
    for (let n = 0; n < 500; n += 1) {
      world.set(n % 40, 1, n % 3);
      await world.timers.pass(20);
    }
    expect(world.seen.pace).toBe(2_000);
    expect(world.seen.deltas - deltas).toBeLessThanOrEqual(5);
  });
});

describe('a change right after the first look', () => {
  const raced = async (hang: (bell: ChangeBell, looked: Promise<void>) => ChangeBell) => {
    let tell: () => void = () => undefined;
    const looked = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const world = liveWorld({ hang: (bell) => hang(bell, looked) });
    let first = true;
    world.onRead(() => {
      if (!first) return;
      first = false;
      // The snapshot has been taken; the change comes before anything else happens.
      world.set(3, 1, 1);
      tell();
    });
    const listener = await world.join();
    // Less than the poll: nothing but the bell can tell.
    await world.timers.pass(1_500);
    return { knows: beliefOf(listener) === world.truth(), subscribed: world.subscribed() };
  };

  it('is not lost: the bell hangs before the look', async () => {
    expect(await raced((bell) => bell)).toEqual({ knows: true, subscribed: 1 });
  });

  it('twin: subscribing after the look, it is not heard of', async () => {
    const late = (bell: ChangeBell, looked: Promise<void>): ChangeBell => ({
      listen: async (eventId, ring) => {
        const hung = looked.then(() => bell.listen(eventId, ring));
        return () => void hung.then((stop) => stop());
      },
    });
    expect(await raced(late)).toEqual({ knows: false, subscribed: 1 });
  });
});

describe('a lost bell', () => {
  it('costs two seconds at most', async () => {
    const world = liveWorld();
    const listener = await world.join();
    await world.timers.pass(5_000);
    world.deafen(true);
    world.set(1, 5, 2);
    await world.timers.pass(2_000);
    expect(beliefOf(listener)).toBe(world.truth());
  });

  it('right after one that was heard costs nothing: each is worth two looks', async () => {
    const world = liveWorld();
    const listener = await world.join();
    await world.timers.pass(500);
    world.set(1, 1, 1);
    world.deafen(true);
    await world.timers.pass(50);
    world.set(2, 1, 1);
    await world.timers.pass(250);
    expect(beliefOf(listener)).toBe(world.truth());
  });
});

describe('who cannot be served', () => {
  it('is told that there are too many from one address, or in all; and a place that is left is free again', async () => {
    const limits = { maxListeners: 3, maxPerAddress: 2, maxBacklogBytes: 1e6, dropAfterMs: 1 };
    const world = liveWorld({ limits });
    const first = await world.join(undefined, { address: 'a' });
    await world.join(undefined, { address: 'a' });
    await expect(world.join(undefined, { address: 'a' })).rejects.toMatchObject({
      code: 'live.limited',
      details: { scope: 'address', limit: 2 },
    });
    await world.join(undefined, { address: 'b' });
    await expect(world.join(undefined, { address: 'c' })).rejects.toMatchObject({
      details: { scope: 'process', limit: 3 },
    });
    first.leave();
    await world.join(undefined, { address: 'a' });
  });

  it('takes no place: refusals leave the limits as they were', async () => {
    const world = liveWorld({
      limits: { maxListeners: 1, maxPerAddress: 1, maxBacklogBytes: 1e6, dropAfterMs: 1 },
    });
    world.becomes('draft');
    for (let n = 0; n < 3; n += 1)
      expect(await codeOf(world.join(undefined, { address: 'a' }))).toBe('thing.not_found');
    world.becomes('published');
    expect(await codeOf(world.join(undefined, { address: 'a' }))).toBe('no refusal');
  });

  it('twin: without limits everybody gets in', async () => {
    const limits = { maxListeners: Infinity, maxPerAddress: Infinity, maxBacklogBytes: 1e6, dropAfterMs: 1 };
    const world = liveWorld({ limits });
    await Promise.all(Array.from({ length: 50 }, () => world.join(undefined, { address: 'a' })));
    expect(world.seen.listeners).toBe(50);
  });
});

describe('a stream that goes on', () => {
  it('says once that it is stale when nothing can be read, and recovers with a snapshot', async () => {
    const world = liveWorld();
    const listener = await world.join();
    world.goAway(true);
    world.set(4, 2, 1);
    await world.timers.pass(10_000);
    expect([listener.kinds(), listener.state()?.stale]).toEqual([['snapshot', 'stale'], true]);
    const late = await world.join();
    expect(late.kinds()).toEqual(['snapshot', 'stale']);
    world.goAway(false);
    await world.timers.pass(2_000);
    expect([listener.kinds().at(-1), listener.state()?.stale]).toEqual(['snapshot', false]);
    expect([beliefOf(listener), beliefOf(late)]).toEqual([world.truth(), world.truth()]);
  });

  it('does not begin while nothing can be read', async () => {
    const world = liveWorld();
    world.goAway(true);
    expect(await codeOf(world.join())).toBe('service.unreachable');
    expect(world.subscribed()).toBe(0);
  });

  it('beats when there is nothing else to say, every 15 s', async () => {
    const world = liveWorld();
    const listener = await world.join();
    await world.timers.pass(14_000);
    expect(listener.beats()).toBe(0);
    await world.timers.pass(47_000);
    expect(listener.beats()).toBe(4);
  });
});

describe('a stream ends', () => {
  it.each([
    ['cancelled', 'cancelled', 'sale.closed'],
    ['draft', 'not_published', 'thing.not_found'],
  ] as const)(
    'with the reason when the event becomes %s, and cannot be opened again',
    async (status, reason, code) => {
      const world = liveWorld();
      const listener = await world.join();
      world.becomes(status);
      await world.timers.pass(1_000);
      expect([listener.fate(), listener.state()?.ended]).toEqual(['ended', reason]);
      expect(world.subscribed()).toBe(0);
      expect(await codeOf(world.join(listener))).toBe(code);
    },
  );

  it('not when the event is postponed: the snapshot says so', async () => {
    const world = liveWorld();
    const listener = await world.join();
    world.becomes('postponed');
    await world.timers.pass(1_000);
    expect([listener.fate(), listener.state()?.status]).toEqual(['open', 'postponed']);
  });

  it('when the process stops, at once; who does not read is cut off; nobody is let in any more', async () => {
    const world = liveWorld();
    const [reader, sleeper] = [await world.join(), await world.join()];
    sleeper.read(false);
    world.set(0, 1, 1);
    await world.timers.pass(300);
    world.hub.stop();
    expect([reader.fate(), sleeper.fate(), world.subscribed()]).toEqual(['ended', 'dropped', 0]);
    expect(await codeOf(world.join())).toBe('busy.try_again');
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { describe, expect, it } from 'vitest';
import { createLoadMeter } from './load-meter.ts';
import type { LiveSink } from './ports.ts';
import { beliefOf, liveWorld } from './testing/live-world.ts';

type World = ReturnType<typeof liveWorld>;
const OTHER = 'evt_01h455vb4pex5vsknk084sn02q' as EventId;

/** Always something unsent, and always some of it taken: a network that is too slow for what it is sent. */
const catchingUp = (sink: LiveSink): LiveSink => {
  let taken = 0;
  return { ...sink, backlogBytes: () => 1, takenBytes: () => ++taken };
};

/** A second in which more changes than can be told, four deltas at full pace. Returns how many somebody got. */
const second = async (
  world: World,
  listener: { readonly kinds: () => readonly string[] },
): Promise<number> => {
  const before = listener.kinds().length;
  for (let n = 0; n < 20; n += 1) {
    world.set(n, 1, n % 3);
    await world.timers.pass(50);
  }
  return listener.kinds().length - before;
};

describe('how often an event is told of', () => {
  const amongSleepers = async (through?: (sink: LiveSink) => LiveSink): Promise<number> => {
    const world = liveWorld();
    const reader = await world.join();
    const sleepers = await Promise.all(
      Array.from({ length: 9 }, () => world.join(undefined, { ...(through !== undefined && { through }) })),
    );
    for (const sleeper of sleepers) sleeper.read(false);
    for (let n = 0; n < 5; n += 1) await second(world, reader);
    return second(world, reader);
  };

  it('is not up to listeners who do not read, however many they are', async () => {
    expect(await amongSleepers()).toBeGreaterThanOrEqual(4);
  });

  it('twin: taken for listeners that catch up, they slow everybody down', async () => {
    expect(await amongSleepers(catchingUp)).toBeLessThanOrEqual(1);
  });

  const besideCrowd = async (eventId?: EventId): Promise<number> => {
    const world = liveWorld();
    const reader = await world.join();
    const crowd = { through: catchingUp, ...(eventId !== undefined && { eventId }) };
    for (let n = 0; n < 9; n += 1) await world.join(undefined, crowd);
    for (let n = 0; n < 5; n += 1) await second(world, reader);
    expect(world.seen.pace).toBe(2_000);
    return second(world, reader);
  };

  it('is its own: the listeners of another event that cannot keep up slow down that one', async () => {
    expect(await besideCrowd(OTHER)).toBeGreaterThanOrEqual(4);
  });

  it('twin: with them at the same event it is slowed down', async () => {
    expect(await besideCrowd()).toBeLessThanOrEqual(1);
  });
});

describe('a listener that takes nothing', () => {
  const LIMITS = { maxListeners: 10, maxPerAddress: 10, maxBacklogBytes: 64 * 1_024 };
  const afterHalfAMinute = async (dropAfterMs: number) => {
    const world = liveWorld({ limits: { ...LIMITS, dropAfterMs } });
    const [sleeper, reader] = [await world.join(), await world.join()];
    sleeper.read(false);
    world.set(0, 1, 1);
    await world.timers.pass(31_000);
    expect([reader.fate(), beliefOf(reader)]).toEqual(['open', world.truth()]);
    return { world, sleeper };
  };

  it('is cut off after half a minute, however little waits for it', async () => {
    const { world, sleeper } = await afterHalfAMinute(30_000);
    expect([sleeper.fate(), world.seen.listeners]).toEqual(['dropped', 1]);
  });

  it('goes on by its version when it comes back', async () => {
    const { world, sleeper } = await afterHalfAMinute(30_000);
    world.set(1, 1, 1);
    await world.timers.pass(300);
    const again = await world.join(sleeper);
    expect(again.kinds()).toEqual(['delta', 'delta']);
    expect(beliefOf(again)).toBe(world.truth());
  });

  it('twin: without that limit it keeps its place for ever', async () => {
    const { world, sleeper } = await afterHalfAMinute(Infinity);
    await world.timers.pass(3_600_000);
    expect([sleeper.fate(), world.seen.listeners]).toEqual(['open', 2]);
  });
});

/** Nothing else runs, as when a large answer is encoded. */
const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

describe('the load of a process', () => {
  /** The loop is blocked again and again, and runs what is due in between. */
  const busy = async (): Promise<void> => {
    for (let n = 0; n < 2; n += 1) {
      block(100);
      for (let turns = 0; turns < 3; turns += 1) await turn();
    }
  };

  it('is how late a loop that really is blocked runs what is due, since the last look', async () => {
    const meter = createLoadMeter();
    await busy();
    expect(meter.lagMs()).toBeGreaterThan(60);
    expect(meter.lagMs()).toBe(0);
    meter.stop();
  });

  const paceUnder = async (lagMs: () => number): Promise<number> => {
    const world = liveWorld({ lagMs });
    await world.join();
    for (let n = 0; n < 4; n += 1) {
      await busy();
      await world.timers.pass(500);
    }
    return world.seen.pace;
  };

  it('slows all streams down', async () => {
    const meter = createLoadMeter();
    expect(await paceUnder(meter.lagMs)).toBe(2_000);
    meter.stop();
  });

  it('twin: with a meter that sees nothing they go on at full pace', async () => {
    expect(await paceUnder(() => 0)).toBe(250);
  });
});

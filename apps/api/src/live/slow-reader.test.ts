import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { LiveSnapshot } from '@eventhorizon/core/inventory/live/live-message';
import { describe, expect, it } from 'vitest';
import { frameOf } from './frame.ts';
import { newListener, offer } from './listener.ts';
import { responseSink } from './response-sink.ts';
import { beliefOf, liveWorld } from './testing/live-world.ts';

const LIMITS = { maxListeners: 10, maxPerAddress: 10, maxBacklogBytes: 4_096, dropAfterMs: Infinity };
const WITHOUT = { ...LIMITS, maxBacklogBytes: Infinity };

/** Changes that take a delta each. */
const rush = async (world: ReturnType<typeof liveWorld>, times: number): Promise<void> => {
  for (let n = 0; n < times; n += 1) {
    world.set(n % 40, 1 + (n % 5), n % 4);
    await world.timers.pass(300);
  }
};

describe('a listener that does not read', () => {
  it('never has more than its backlog and one message unsent, while others go on', async () => {
    const world = liveWorld({ limits: LIMITS });
    const [sleeper, reader] = [await world.join(), await world.join()];
    sleeper.read(false);
    await rush(world, 100);
    expect(sleeper.largestBacklog()).toBeLessThan(LIMITS.maxBacklogBytes + 1_000);
    expect(beliefOf(reader)).toBe(world.truth());
  });

  it('twin: without the limit its backlog grows with every delta', async () => {
    const world = liveWorld({ limits: WITHOUT });
    const sleeper = await world.join();
    sleeper.read(false);
    await rush(world, 100);
    const then = sleeper.largestBacklog();
    await rush(world, 100);
    expect(then).toBeGreaterThan(LIMITS.maxBacklogBytes * 2);
    expect(sleeper.largestBacklog()).toBeGreaterThan(then * 1.8);
  });

  it('loses deltas, and gets a snapshot once it reads again, without a further change', async () => {
    const world = liveWorld({ limits: LIMITS });
    const sleeper = await world.join();
    sleeper.read(false);
    await rush(world, 60);
    sleeper.read(true);
    const deltas = sleeper.kinds().length;
    expect(deltas).toBeLessThan(60);
    await world.timers.pass(500);
    expect(sleeper.kinds().slice(deltas)).toEqual(['snapshot']);
    expect(beliefOf(sleeper)).toBe(world.truth());
  });

  it('is cut off when it stays behind for half a minute', async () => {
    const world = liveWorld({ limits: { ...LIMITS, dropAfterMs: 30_000 } });
    const sleeper = await world.join();
    sleeper.read(false);
    await rush(world, 50);
    expect(sleeper.fate()).toBe('open');
    await world.timers.pass(31_000);
    expect([sleeper.fate(), world.seen.listeners]).toEqual(['dropped', 0]);
  });
});

describe('over a real connection', () => {
  const frame = frameOf('e.1', { kind: 'snapshot', seats: 'A'.repeat(256 * 1_024) } as LiveSnapshot);
  /** Far more than the kernel keeps for a connection in buffers of its own. */
  const MUCH = 100;

  /** What waits in the process for one who asked and then does not read, after many versions were offered. */
  const waitingFor = async (limits: typeof LIMITS): Promise<number> => {
    const server = createServer();
    const asked = new Promise<ServerResponse>((resolve) =>
      server.once('request', (_, answer) => resolve(answer)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const sink = responseSink(await asked, new Headers({ 'content-type': 'text/event-stream' }));
    sink.start(1_000);
    const listener = newListener(sink, 0);
    let largest = 0;
    for (let version = 0; version < MUCH; version += 1) {
      offer(listener, { id: `e.${version}`, delta: null, snapshot: () => frame }, limits, 0);
      // The kernel takes what it will.
      await new Promise((resolve) => setImmediate(resolve));
      largest = Math.max(largest, sink.backlogBytes());
    }
    sink.drop();
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    return largest;
  };

  it('what waits in the process is bounded', async () => {
    expect(await waitingFor(LIMITS)).toBeLessThan(LIMITS.maxBacklogBytes + frame.bytes.length + 1_000);
  });

  it('twin: without the limit all of it waits', async () => {
    expect(await waitingFor(WITHOUT)).toBeGreaterThan(10 * frame.bytes.length);
  });
});

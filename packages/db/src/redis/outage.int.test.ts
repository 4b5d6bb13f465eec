import { describe, expect, it } from 'vitest';
import { createAvailabilityReader } from './availability-reader.ts';
import { connectForRequests } from './connect.ts';
import { createHoldStore } from './hold-store.ts';
import type { Patience } from './patience.ts';
import { createScriptRunner } from './script-runner.ts';
import { scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';
import { expectConsistent } from './testing/recount.ts';

/** Stops the server's process, so that it takes commands and answers nothing, until disposed. */
const blackHole = (pid: number): Disposable => {
  process.kill(pid, 'SIGSTOP');
  return { [Symbol.dispose]: () => process.kill(pid, 'SIGCONT') };
};

describe('Redis that does not answer', () => {
  it('is a refusal to come back later, not a request that hangs; and the same hold asked again is there once', async () => {
    await using t = await testInventory();
    const { holds } = t.another(connectForRequests);
    const request = t.request([seatsPick([t.seat(0)])]);
    const found = () =>
      holds.find(t.event.id, request.holdId, request.owner).catch(() => 'not connected yet');
    await expect.poll(found, { timeout: 10_000 }).toBeNull();
    {
      using _ = blackHole(t.server.pid);
      await expect(holds.place(request)).rejects.toMatchObject({ code: 'service.unreachable' });
    }
    // The unanswered command may have run once the server went on: nobody knows, and it makes no difference.
    await expect
      .poll(async () => (await holds.place(request).catch(() => null))?.outcome, { timeout: 10_000 })
      .toBe('held');
    expect((await t.reader.read(t.event.id))?.counts[0]).toEqual({ free: 7, held: 1, taken: 0 });
  });

  it('twin: were place not idempotent by its id, the second ask would be refused for the first one’s seats', async () => {
    await using t = await testInventory(
      {},
      {
        sources: scriptsWithout(
          "if standing then return standing.o == owner and show('held', id) or { 'id_in_use' } end",
        ),
      },
    );
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    expect((await t.holds.place(request)).outcome).toBe('taken');
  });

  it('is told as unreachable when nobody listens at all', async () => {
    await using t = await testInventory();
    const redis = connectForRequests('redis://127.0.0.1:1');
    redis.on('error', () => undefined);
    const runner = createScriptRunner(redis);
    const request = t.request([seatsPick([t.seat(0)])]);
    await expect(createHoldStore(runner).place(request)).rejects.toMatchObject({
      code: 'service.unreachable',
    });
    await expect(createAvailabilityReader(runner).read(t.event.id)).rejects.toMatchObject({
      code: 'service.unreachable',
    });
    redis.disconnect();
  });
});

describe('a process that is busy for longer than the time-out', () => {
  const busy = (ms: number): void => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };
  /** A command under way, and the loop blocked until its answer has long been lying in the socket. */
  const askThenWork = async (ask: () => Promise<unknown>): Promise<unknown> => {
    const answer = ask();
    // After the polling of sockets: what comes next is the timers, before the answer is read.
    setImmediate(() => busy(1_200));
    return answer;
  };

  it('reads the answers that have come meanwhile', async () => {
    await using t = await testInventory();
    const { holds, redis } = t.another(connectForRequests);
    await redis.ping();
    const request = t.request([seatsPick([t.seat(0)])]);
    expect(await askThenWork(() => holds.place(request))).toMatchObject({ outcome: 'held' });
  });

  it('twin: by an ordinary timer it calls them timed out', async () => {
    await using t = await testInventory();
    const byTimer: Patience = (call) =>
      Promise.race([
        call,
        new Promise<never>((_, reject) => setTimeout(() => reject(new Error('Command timed out')), 500)),
      ]);
    const redis = connectForRequests(t.server.url);
    await redis.ping();
    const holds = createHoldStore(createScriptRunner(redis, undefined, byTimer));
    const request = t.request([seatsPick([t.seat(0)])]);
    await expect(askThenWork(() => holds.place(request))).rejects.toMatchObject({
      code: 'service.unreachable',
    });
    redis.disconnect();
  });
});

it('a server that has forgotten the scripts is taught them again', async () => {
  await using t = await testInventory();
  await t.redis.script('FLUSH');
  expect((await t.holds.place(t.request([seatsPick([t.seat(0)])]))).outcome).toBe('held');
  await t.redis.script('FLUSH');
  expect(await t.reader.read(t.event.id)).not.toBeNull();
});

it('a server without memory is an outage and not a bug, and nothing is half taken', async () => {
  await using t = await testInventory();
  await t.redis.config('SET', 'maxmemory', '1');
  const full = t.holds.place(t.request([seatsPick([t.seat(0)])]));
  await expect(full).rejects.toMatchObject({ code: 'service.unreachable' });
  await t.redis.config('SET', 'maxmemory', '0');
  await expectConsistent(t);
  expect((await t.holds.place(t.request([seatsPick([t.seat(0)])]))).outcome).toBe('held');
});

it('an error in a script is a bug and not an outage', async () => {
  await using t = await testInventory(
    {},
    { sources: scriptsWithout('expire_due()\n', 'error("bug")\n'), cold: true },
  );
  await t.rebuild();
  await expect(t.holds.place(t.request([seatsPick([t.seat(0)])]))).rejects.toThrow(/bug/);
});

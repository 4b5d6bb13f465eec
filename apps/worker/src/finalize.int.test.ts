import { expect, test } from 'vitest';
import { buildDeps } from './deps.ts';
import { readEnv } from './env.ts';
import { createFinalize } from './finalize.ts';
import { startWorker } from './runtime/worker.ts';
import type { KillInFinalize } from './testing/child/kill-in-finalize.ts';
import { spawnChild } from './testing/child/spawn-child.ts';
import { keptLog } from './testing/kept-log.ts';
import { type PaidBooking, paidBookingsWorld } from './testing/paid-bookings-world.ts';
import { testHandlers } from './testing/test-handlers.ts';
import { until } from './testing/until.ts';

const RESTARTED_MS = 15_000;
/** Processes under way at once, one for each step. */
const AT_ONCE = 4;
const LONG = { timeout: 240_000 };

type World = Awaited<ReturnType<typeof paidBookingsWorld>>;

/** Finalizes the row in a process that dies at the step. Returns the signal; for step 0, which lives, its last words. */
const kill = async (
  { env }: World,
  rowId: string,
  step: number,
  completeOutside = false,
): Promise<string> => {
  const config: KillInFinalize = { env, rowId, step, completeOutside };
  await using child = spawnChild('kill-in-finalize.ts', config);
  if (step === 0) return await child.lineThatBegins('steps ');
  const { signal } = await child.exited;
  return String(signal);
};

const stepsOf = async (w: World): Promise<number> =>
  Number((await kill(w, (await w.paidBooking()).rowId, 0)).split(' ')[1]);

const restart = ({ env }: World): AsyncDisposable => {
  const log = keptLog();
  const deps = buildDeps(readEnv(env), log);
  const worker = startWorker({
    ...deps.runtime,
    handlers: testHandlers(),
    finalize: createFinalize(deps.finalize, deps.runtime.queue, log),
    schedules: [],
    observer: { finished: () => undefined },
    log,
    random: Math.random,
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await worker.stop(5_000);
      await deps[Symbol.asyncDispose]();
    },
  };
};

const CONFIRMED_ONCE = {
  status: 'confirmed',
  tickets: 3,
  captured: 11_700,
  told: ['booking_confirmed'],
  open: false,
};

test(
  'kill -9 at any step of finalize, then a restart, ends in exactly one confirmed booking',
  LONG,
  async () => {
    await using w = await paidBookingsWorld();
    const steps = await stepsOf(w);
    expect(steps).toBeGreaterThan(8);

    const killed: PaidBooking[] = [];
    const killAt = async (step: number): Promise<void> => {
      const booking = await w.paidBooking();
      killed.push(booking);
      expect(await kill(w, booking.rowId, step)).toBe('SIGKILL');
      // All of it or nothing of it, at every step.
      const state = await w.whatBecameOf(booking);
      if (state.open) expect(state).toMatchObject({ status: 'pending', tickets: 0, captured: 0, told: [] });
      else expect(state).toEqual(CONFIRMED_ONCE);
    };
    for (let step = 1; step <= steps; step += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, steps - step + 1) }, (_, i) => killAt(step + i)),
      );
    expect(await w.openFinalizeRows()).toBeGreaterThan(5);

    await using _restarted = restart(w);
    await until(async () => (await w.openFinalizeRows()) === 0, RESTARTED_MS);
    for (const booking of killed) expect(await w.whatBecameOf(booking)).toEqual(CONFIRMED_ONCE);
    expect(await w.failedRows()).toBe(0);
  },
);

test(
  'twin: with the row finished outside the transaction of its effect, a kill in between loses a paid booking',
  LONG,
  async () => {
    await using w = await paidBookingsWorld();
    const steps = await stepsOf(w);
    const booking = await w.paidBooking();
    // The step before the last is "everything written, nothing committed".
    expect(await kill(w, booking.rowId, steps - 1, true)).toBe('SIGKILL');
    expect(await w.whatBecameOf(booking)).toMatchObject({ status: 'pending', tickets: 0, open: false });
  },
);

test('a hundred paid bookings are confirmed together, each once', async () => {
  await using w = await paidBookingsWorld();
  const bookings = [];
  for (let n = 0; n < 100; n += 1) bookings.push(await w.paidBooking());
  await using _worker = restart(w);
  await until(async () => (await w.openFinalizeRows()) === 0);
  for (const booking of bookings) expect(await w.whatBecameOf(booking)).toEqual(CONFIRMED_ONCE);
});

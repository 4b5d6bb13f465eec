import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { Hold } from '@eventhorizon/core/holds/hold';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { Crashed, type CrashPlan, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { mongoOutboxQueue } from '../mongo/outbox.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

const SEATS = 120;
const HOUR_MS = 3_600_000;

/** Runs `step` once for each call it makes, dying before and after it, each time on another seat. */
const dyingEverywhere = async (
  world: SaleWorld,
  step: (deps: SaleDeps, seat: number) => Promise<unknown>,
  healed: (seat: number, plan: CrashPlan) => Promise<void>,
): Promise<number> => {
  let seat = 0;
  for (let at = 1; ; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const mortal = crashAt(world.deps, { at, when });
      const current = seat;
      seat += 1;
      await step(mortal.deps, current).catch((error: unknown) => {
        if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
      });
      if (!mortal.crashed()) return at - 1;
      await healed(current, { at, when });
    }
  }
};

const intentOf = (world: SaleWorld, bookingId: string) =>
  [...world.gateway.intents.values()].find((intent) => intent.bookingId === bookingId);

test('checkout killed before or after any of its calls loses no unit and keeps no money: the buyer comes back', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  const holds = new Map<number, Hold>();
  const steps = await dyingEverywhere(
    world,
    async (deps, seat) => {
      const hold = await world.hold([world.inventory.seat(seat)]);
      holds.set(seat, hold);
      return checkout(deps, world.command(hold));
    },
    async (seat) => {
      const hold = holds.get(seat);
      if (hold === undefined) throw new Error('no hold');
      const stored = await world.deps.bookings.findByHold(hold.eventId, hold.id);
      const again = await checkout(world.deps, world.command(hold)).catch((error: unknown) => {
        // The dead process still has the conversion; it falls back by itself.
        if (!isDomainError(error, 'hold.converting')) throw error;
        return null;
      });
      expect(again?.booking.id ?? null).toBe(stored?.id ?? again?.booking.id ?? null);
      if (again === null) return expect(stored).toBeNull();
      // The same buyer pays, by the intent there is: there must be one, and one only.
      expect(
        [...world.gateway.intents.values()].filter((i) => i.bookingId === again.booking.id),
      ).toHaveLength(1);
      const intent = intentOf(world, again.booking.id);
      await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent?.id ?? '')));
      await runJobs(world);
      expect(await world.deps.bookings.find(again.booking.id)).toMatchObject({ status: 'confirmed' });
    },
  );
  expect(steps).toBeGreaterThan(12);
  expect((await world.audit()).findings).toEqual([]);
});

test('checkout killed anywhere, and the buyer never comes back: in the end everything is free again', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  await dyingEverywhere(
    world,
    async (deps, seat) => checkout(deps, world.command(await world.hold([world.inventory.seat(seat)]))),
    async () => undefined,
  );
  world.clock.forward(2 * HOUR_MS);
  expect(await runJobs(world)).toEqual([]);
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ claims: 0, validTickets: 0, captured: 0 });
  expect(counts.bookings.pending + counts.bookings.closing).toBe(0);
  for (const intent of world.gateway.intents.values()) expect(intent.status).toBe('cancelled');
});

/** Bookings that wait to be paid, one a seat. */
const pendingBooking = async (world: SaleWorld, seat: number) => {
  const hold = await world.hold([world.inventory.seat(seat)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  return booking.id;
};

test('finalize killed before or after any of its calls ends in exactly one confirmed booking', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  const queue = mongoOutboxQueue(world.mongo.db);
  const steps = await dyingEverywhere(
    world,
    async (deps, seat) => {
      const bookingId = await pendingBooking(world, seat);
      const intent = world.gateway.pay(intentOf(world, bookingId)?.id ?? '');
      await receiveWebhook(world.deps, world.gateway.delivery(intent));
      const [row] = await queue.takeDue('booking.finalize', 1, 60_000);
      if (row === undefined || intent.paidAt === null) throw new Error('no row to finalize');
      const money = { intentId: intent.id, amount: intent.received, currency: 'EUR', paidAt: intent.paidAt };
      const [report] = await finalizeBookings(deps, [
        { payload: { bookingId, money }, complete: (tx) => queue.complete(row, tx) },
      ]);
      if (report !== undefined && 'error' in report) throw report.error;
    },
    async () => undefined,
  );
  expect(steps).toBeGreaterThan(8);
  await runJobs(world, { only: ['booking.finalize'] });
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.bookings.confirmed).toBe(counts.captured);
  expect(counts.bookings.pending).toBe(0);
});

test('the end of an unpaid booking killed before or after any of its calls frees its units once', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  const ids: string[] = [];
  const steps = await dyingEverywhere(
    world,
    async (deps, seat) => {
      const bookingId = await pendingBooking(world, seat);
      ids.push(bookingId);
      return closeBooking(deps, { bookingId, reason: 'organizer' });
    },
    async () => undefined,
  );
  expect(steps).toBeGreaterThan(10);
  world.clock.forward(HOUR_MS);
  expect(await runJobs(world)).toEqual([]);
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(0);
  expect(counts.bookings.expired + counts.bookings.cancelled).toBe(ids.length);
});

test('twin: the end of a booking written piece by piece leaves claims of nobody when it is killed', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  await dyingEverywhere(
    world,
    async (deps, seat) => {
      const bookingId = await pendingBooking(world, seat);
      return closeBooking({ ...deps, unitOfWork: noTransaction }, { bookingId, reason: 'organizer' });
    },
    async () => undefined,
  );
  world.clock.forward(HOUR_MS);
  await runJobs(world);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('claim_without_booking');
});

test('twin: follow-ups written after the commit instead of in it are lost by a crash, and units stay claimed for ever', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  /** Writes rows in a transaction of their own, once the caller's is over: the process may be dead by then. */
  const afterwards = (deps: SaleDeps): SaleDeps => {
    const pending: Parameters<SaleDeps['outbox']['add']>[1][number][] = [];
    return {
      ...deps,
      outbox: { add: async (_tx, messages) => void pending.push(...messages) },
      unitOfWork: {
        run: async (work) => {
          const result = await deps.unitOfWork.run(work);
          const rows = pending.splice(0);
          if (rows.length > 0) await deps.unitOfWork.run((tx) => deps.outbox.add(tx, rows));
          return result;
        },
      },
    };
  };
  await dyingEverywhere(
    world,
    async (deps, seat) =>
      checkout(afterwards(deps), world.command(await world.hold([world.inventory.seat(seat)]))),
    async () => undefined,
  );
  world.clock.forward(2 * HOUR_MS);
  await runJobs(world);
  expect((await world.audit()).counts.claims).toBeGreaterThan(0);
});

test('twin: a row finished before its effect instead of with it is lost by a crash, and money has no tickets', async () => {
  await using world = await saleWorld({}, { seats: SEATS, places: 0 });
  const queue = mongoOutboxQueue(world.mongo.db);
  await dyingEverywhere(
    world,
    async (deps, seat) => {
      const bookingId = await pendingBooking(world, seat);
      const intent = world.gateway.pay(intentOf(world, bookingId)?.id ?? '');
      await receiveWebhook(world.deps, world.gateway.delivery(intent));
      const [row] = await queue.takeDue('booking.finalize', 1, 60_000);
      if (row === undefined || intent.paidAt === null) throw new Error('no row to finalize');
      await queue.complete(row);
      const money = { intentId: intent.id, amount: intent.received, currency: 'EUR', paidAt: intent.paidAt };
      const [report] = await finalizeBookings(deps, [
        { payload: { bookingId, money }, complete: async () => undefined },
      ]);
      if (report !== undefined && 'error' in report) throw report.error;
    },
    async () => {
      await runJobs(world, { only: ['booking.finalize'] });
    },
  );
  expect((await world.audit()).counts.bookings.pending).toBeGreaterThan(0);
});

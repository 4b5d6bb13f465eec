import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { type FinalizeRow, finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import { resolveMismatch } from '@eventhorizon/core/flows/resolve-mismatch';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { listIncidents } from '@eventhorizon/core/payments/list-incidents';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A booking of one seat and the row that says its money has come. */
const paidBooking = async (world: SaleWorld, seat: number, amount?: number, currency?: string) => {
  const hold = await world.hold([world.inventory.seat(seat)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  const paid = world.gateway.pay(intent?.id ?? '', amount, currency);
  let completed = 0;
  const row: FinalizeRow = {
    payload: {
      bookingId: booking.id,
      money: {
        intentId: paid.id,
        amount: paid.received,
        currency: paid.due.currency,
        paidAt: world.clock.now(),
      },
    },
    complete: async () => {
      completed += 1;
    },
  };
  return { booking, row, completed: () => completed };
};

const outcomes = (reports: Awaited<ReturnType<typeof finalizeBookings>>) =>
  reports.map((report) => ('error' in report ? 'error' : report.outcome));

/** Counts transactions. */
const counting = (deps: SaleDeps) => {
  let runs = 0;
  const unitOfWork: SaleDeps['unitOfWork'] = {
    run: (work) => {
      runs += 1;
      return deps.unitOfWork.run(work);
    },
  };
  return { deps: { ...deps, unitOfWork }, runs: () => runs };
};

test('many bookings are confirmed in one transaction', async () => {
  await using world = await saleWorld();
  const paid = [await paidBooking(world, 0), await paidBooking(world, 1), await paidBooking(world, 2)];
  const { deps, runs } = counting(world.deps);
  const reports = await finalizeBookings(
    deps,
    paid.map(({ row }) => row),
  );
  expect(outcomes(reports)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  expect(runs()).toBe(1);
  expect((await world.audit()).findings).toEqual([]);
});

test('a batch that aborts falls apart into single rows: one lost lease holds up nobody else', async () => {
  await using world = await saleWorld();
  const good = await paidBooking(world, 0);
  const lost = await paidBooking(world, 1);
  const alsoGood = await paidBooking(world, 2);
  const leaseLost: FinalizeRow = {
    ...lost.row,
    complete: async () => {
      throw new Error('the lease is lost');
    },
  };
  const reports = await finalizeBookings(world.deps, [good.row, leaseLost, alsoGood.row]);
  expect(outcomes(reports)).toEqual(['confirmed', 'error', 'confirmed']);
  expect(await world.deps.bookings.find(lost.booking.id)).toMatchObject({ status: 'pending' });
  expect(outcomes(await finalizeBookings(world.deps, [lost.row]))).toEqual(['confirmed']);
  expect((await world.audit()).findings).toEqual([]);
});

test('the same booking twice in one batch, and a booking that does not exist, do no harm', async () => {
  await using world = await saleWorld();
  const { row } = await paidBooking(world, 0);
  const unknown: FinalizeRow = { ...row, payload: { ...row.payload, bookingId: newId('bkg') } };
  const reports = await finalizeBookings(world.deps, [row, { ...row }, unknown]);
  expect(outcomes(reports)).toEqual(['confirmed', 'nothing', 'nothing']);
  expect((await world.audit()).findings).toEqual([]);
});

test.each([
  ['too little', 4_999, 'EUR'],
  ['too much', 5_001, 'EUR'],
  ['another currency', 5_000, 'JPY'],
])(
  '%s is not confirmed: an organizer is told, and the end of the booking does not free what is paid',
  async (_n, amount, currency) => {
    await using world = await saleWorld();
    const good = await paidBooking(world, 0);
    const { booking, row } = await paidBooking(world, 1, amount, currency);
    expect(outcomes(await finalizeBookings(world.deps, [good.row, row]))).toEqual(['confirmed', 'incident']);
    expect(outcomes(await finalizeBookings(world.deps, [row]))).toEqual(['nothing']);
    const { items } = await listIncidents(world.deps, {
      state: 'open',
      organizationId: booking.organizationId,
      limit: 20,
    });
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'payment_mismatch',
        bookingId: booking.id,
        facts: expect.objectContaining({ receivedAmount: amount, receivedCurrency: currency }),
      }),
    ]);
    world.clock.forward(HOUR_MS);
    await closeBooking(world.deps, { bookingId: booking.id, reason: 'unpaid' });
    expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'pending' });
    const { findings, counts } = await world.audit();
    expect(findings).toEqual([]);
    expect(counts.claims).toBe(2);
  },
);

test('an organizer decides a mismatch once: accepted, it has tickets', async () => {
  await using world = await saleWorld();
  const { booking, row } = await paidBooking(world, 0, 4_000);
  await finalizeBookings(world.deps, [row]);
  const [incident] = await world.deps.incidents.findOpen(booking.id);
  const decide = {
    organizationId: booking.organizationId,
    incidentId: incident?.id ?? newId('inc'),
    decision: 'confirm' as const,
    by: newId('usr'),
  };
  await expect(
    resolveMismatch(world.deps, { ...decide, organizationId: newId('org') }),
  ).rejects.toMatchObject({ code: 'thing.not_found' });
  await resolveMismatch(world.deps, decide);
  await expect(resolveMismatch(world.deps, { ...decide, decision: 'refund' })).rejects.toMatchObject({
    code: 'booking.bad_move',
  });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.audit()).findings).toEqual([]);
});

test('an organizer decides a mismatch once: sent back, all that came goes back in its own currency', async () => {
  await using world = await saleWorld();
  const { booking, row } = await paidBooking(world, 0, 700, 'JPY');
  await finalizeBookings(world.deps, [row]);
  const [incident] = await world.deps.incidents.findOpen(booking.id);
  await resolveMismatch(world.deps, {
    organizationId: booking.organizationId,
    incidentId: incident?.id ?? newId('inc'),
    decision: 'refund',
    by: newId('usr'),
  });
  await runJobs(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
  expect([...world.gateway.refunds.values()]).toEqual([
    expect.objectContaining({ amount: { amount: 700, currency: 'JPY' } }),
  ]);
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(0);
});

test('money for a cancelled event goes back in full, and the buyer is told', async () => {
  await using world = await saleWorld();
  const { booking, row } = await paidBooking(world, 0);
  await world.setEvent({ status: 'cancelled' });
  expect(outcomes(await finalizeBookings(world.deps, [row]))).toEqual(['refunded']);
  await runJobs(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'cancelled',
    lateMoney: 'refunded',
  });
  expect([...world.gateway.refunds.values()]).toHaveLength(1);
  const told = await world.mongo.db.collection('notifications').distinct('notice.kind');
  expect(told.sort()).toEqual(['late_payment_refunded', 'refund_sent']);
  expect((await world.audit()).findings).toEqual([]);
});

test('money on an intent that is not the booking’s confirms nothing and is shown to a person', async () => {
  await using world = await saleWorld();
  const { booking, row } = await paidBooking(world, 0);
  const foreign: FinalizeRow = {
    ...row,
    payload: {
      bookingId: booking.id,
      money: { intentId: 'pi_other', amount: 5_000, currency: 'EUR', paidAt: world.clock.now() },
    },
  };
  expect(outcomes(await finalizeBookings(world.deps, [foreign]))).toEqual(['incident']);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'pending' });
  expect(await world.deps.incidents.findOpen(booking.id)).toEqual([
    expect.objectContaining({ kind: 'money_unexpected' }),
  ]);
  expect(outcomes(await finalizeBookings(world.deps, [row]))).toEqual(['confirmed']);
});

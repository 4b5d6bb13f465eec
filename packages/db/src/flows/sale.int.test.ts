import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { expect, test } from 'vitest';
import { runJobs } from '../testing/run-jobs.ts';
import { saleWorld } from '../testing/sale-world.ts';

test('a hold becomes a booking, the money comes, and the buyer has tickets', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0), world.inventory.place(1)]);
  const { booking, payment } = await checkout(world.deps, world.command(hold));
  expect(booking).toMatchObject({ status: 'pending', total: { amount: 8_000, currency: 'EUR' } });
  expect(booking.reference).toMatch(/^EVT-[0-9A-Z]{6}$/);
  expect(payment.state).toBe('ready');

  const [intentId = ''] = world.gateway.intents.keys();
  const paid = world.gateway.pay(intentId);
  expect(await receiveWebhook(world.deps, world.gateway.delivery(paid))).toBe('stored');
  expect(await runJobs(world)).toEqual([]);

  const report = await world.audit();
  expect(report.findings).toEqual([]);
  expect(report.counts).toMatchObject({ claims: 2, validTickets: 2, captured: 1 });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect(await auditMirror(world.deps, world.event.id)).toEqual({ cold: false, held: 0, differences: [] });
});

test('a free booking confirms without a payment', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  const free = {
    ...hold,
    quote: { ...hold.quote, prices: hold.quote.prices.map((p) => ({ ...p, amount: 0 })) },
  };
  const holds: typeof world.deps.holds = {
    ...world.deps.holds,
    beginConversion: async (...args) => {
      const begun = await world.deps.holds.beginConversion(...args);
      return begun.outcome === 'converting'
        ? { ...begun, hold: { ...begun.hold, quote: free.quote } }
        : begun;
    },
  };
  const { booking, payment } = await checkout({ ...world.deps, holds }, world.command(hold));
  expect(payment).toEqual({ state: 'free' });
  await runJobs(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed', paymentId: null });
  expect(world.gateway.calls).toEqual([]);
  expect((await world.audit()).findings).toEqual([]);
});

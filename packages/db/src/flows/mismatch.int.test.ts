import type { EventStatus } from '@eventhorizon/core/events/event';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import { resolveMismatch } from '@eventhorizon/core/flows/resolve-mismatch';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** 40.00 came for a seat of 50.00: an organizer has to decide. */
const mismatch = async (world: SaleWorld) => {
  const hold = await world.hold([world.inventory.seat(0)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId, 4_000)));
  await runJobs(world, { only: ['booking.finalize'] });
  const [incident] = await world.deps.incidents.findOpen(booking.id);
  const incidentId = incident?.id ?? newId('inc');
  const { organizationId, paymentId } = booking;
  return {
    booking,
    decide: (decision: 'confirm' | 'refund', deps = world.deps) =>
      resolveMismatch(deps, { organizationId, incidentId, decision, by: newId('usr') }),
    refund: (amount: number) =>
      requestRefund(world.deps, {
        organizationId,
        refundId: newId('rfd'),
        paymentId: paymentId ?? newId('pay'),
        amount,
      }),
    openIncidents: async () => (await world.deps.incidents.findOpen(booking.id)).length,
  };
};

test.each([4_000, 1_500])(
  'a mismatch of which %d of 4000 were refunded by hand is settled: the rest goes back, the seat is free',
  async (amount) => {
    await using world = await saleWorld();
    const { booking, refund, decide, openIncidents } = await mismatch(world);
    await refund(amount);
    await decide('refund');
    await runJobs(world);
    expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
    const back = [...world.gateway.refunds.values()].map((sent) => sent.amount.amount);
    expect(back.reduce((a, b) => a + b, 0)).toBe(4_000);
    expect(await openIncidents()).toBe(0);
    const { findings, counts } = await world.audit();
    expect(findings).toEqual([]);
    expect(counts.claims).toBe(0);
  },
);

test('no tickets are issued for money that is on its way back, and the decision stays open', async () => {
  await using world = await saleWorld();
  const { refund, decide, openIncidents } = await mismatch(world);
  await refund(1);
  await expect(decide('confirm')).rejects.toMatchObject({
    code: 'incident.money_sent_back',
    details: { reserved: 1 },
  });
  expect(await openIncidents()).toBe(1);
  expect((await world.audit()).counts.validTickets).toBe(0);
});

test('twin: without a look at what was sent back, refunded money has tickets', async () => {
  await using world = await saleWorld();
  const { refund, decide } = await mismatch(world);
  await refund(4_000);
  const payments: SaleDeps['payments'] = {
    ...world.deps.payments,
    find: async (id, tx) => {
      const payment = await world.deps.payments.find(id, tx);
      return payment === null ? null : { ...payment, refundReserved: 0 };
    },
  };
  await decide('confirm', { ...world.deps, payments });
  await runJobs(world);
  expect((await world.audit()).counts.validTickets).toBe(1);
  expect(world.gateway.refunds.size).toBe(1);
});

test('a refund that failed makes a mismatch acceptable again', async () => {
  await using world = await saleWorld();
  const { booking, refund, decide } = await mismatch(world);
  world.gateway.fate('refund', 'rejected');
  await refund(4_000);
  await runJobs(world, { only: ['refund.send'] });
  await decide('confirm');
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.audit()).findings).toEqual([]);
});

const confirmIn = async (world: SaleWorld, status: EventStatus, deps?: SaleDeps) => {
  const { booking, decide, openIncidents } = await mismatch(world);
  await world.setEvent({ status });
  const refused: unknown = await decide('confirm', deps).then(
    () => null,
    (error) => error,
  );
  return { booking, decide, openIncidents, refused };
};

test.each(['cancelled', 'completed', 'draft'] as const)(
  'a mismatch is not accepted for an event that is %s; its money can be sent back',
  async (status) => {
    await using world = await saleWorld();
    const { booking, decide, refused } = await confirmIn(world, status);
    expect(refused).toMatchObject({ code: 'sale.closed' });
    await decide('refund');
    await runJobs(world);
    expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
    expect(world.gateway.refunds.size).toBe(1);
    expect((await world.audit()).findings).toEqual([]);
  },
);

test('a mismatch is accepted for a postponed event: its tickets stay valid', async () => {
  await using world = await saleWorld();
  expect((await confirmIn(world, 'postponed')).refused).toBeNull();
});

test('twin: with every event taken for a published one, a cancelled show has a ticket', async () => {
  await using world = await saleWorld();
  const saleEvents: SaleDeps['saleEvents'] = {
    ...world.deps.saleEvents,
    find: async (id, tx) => {
      const event = await world.deps.saleEvents.find(id, tx);
      return event === null ? null : { ...event, status: 'published' };
    },
  };
  expect((await confirmIn(world, 'cancelled', { ...world.deps, saleEvents })).refused).toBeNull();
  expect((await world.audit()).counts.validTickets).toBe(1);
});

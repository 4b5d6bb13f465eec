import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { DisputeStatus, ProviderDispute } from '@eventhorizon/core/payments/dispute';
import { money } from '@eventhorizon/core/shared/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A paid booking of one seat, and what its buyer's bank says about it. */
const soldSeat = async (world: SaleWorld, seat = 0) => {
  const hold = await world.hold([world.inventory.seat(seat)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const intentId = [...world.gateway.intents.keys()].at(-1) ?? '';
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world, { only: ['booking.finalize'] });
  const paymentId = booking.paymentId ?? newId('pay');
  const dispute = (status: DisputeStatus, amount = booking.total.amount): ProviderDispute => ({
    id: `du_${booking.id}`,
    intentId,
    status,
    amount: money(amount, 'EUR'),
    reason: 'fraudulent',
    answerBy: status === 'open' ? new Date('2027-01-05T12:00:00Z') : null,
  });
  /** Each is told a second after the one before. */
  const told = (status: DisputeStatus, amount?: number) => {
    world.clock.forward(1_000);
    return world.gateway.delivery(dispute(status, amount));
  };
  const arrives = async (delivery: ReturnType<typeof told>, deps: SaleDeps = world.deps) => {
    await receiveWebhook(world.deps, delivery);
    await runJobs(world, { only: ['payment.process_webhook'], deps });
  };
  const refund = (amount: number) =>
    requestRefund(world.deps, {
      organizationId: booking.organizationId,
      refundId: newId('rfd'),
      paymentId,
      amount,
    });
  return {
    booking,
    dispute,
    told,
    arrives,
    refund,
    payment: () => world.deps.payments.find(paymentId),
    open: async () => (await world.deps.incidents.findOpen(booking.id)).map(({ kind }) => kind),
  };
};

const lettersOf = async (world: SaleWorld) =>
  (
    await world.mongo.db
      .collection('notifications')
      .find({ 'notice.disputeId': { $exists: true } })
      .toArray()
  ).map(({ notice }) => notice.kind);

test('a dispute voids nothing, withholds the money, opens an incident and tells the organizer, once', async () => {
  await using world = await saleWorld();
  const { booking, told, arrives, refund, payment, open } = await soldSeat(world);
  const delivery = told('open');
  await arrives(delivery);
  await arrives(told('open'));
  await arrives(delivery);
  expect(await payment()).toMatchObject({ withheld: booking.total.amount, refundReserved: 0 });
  await expect(refund(1)).rejects.toMatchObject({ code: 'refund.exceeds_captured' });
  expect(await open()).toEqual(['payment_disputed']);
  expect(await lettersOf(world)).toEqual(['dispute_opened']);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.audit()).findings).toEqual([]);
  expect((await world.audit()).counts.validTickets).toBe(1);
});

test('a dispute that is won gives the money back to what can be refunded, and settles its incident', async () => {
  await using world = await saleWorld();
  const { booking, told, arrives, refund, payment, open } = await soldSeat(world);
  await arrives(told('open'));
  await arrives(told('won'));
  expect(await payment()).toMatchObject({ withheld: 0 });
  await refund(booking.total.amount);
  expect(await open()).toEqual([]);
  expect(await lettersOf(world)).toEqual(['dispute_opened', 'dispute_won']);
  expect((await world.audit()).findings).toEqual([]);
});

test('a dispute that is lost keeps the money out of every later refund, and asks what becomes of the tickets', async () => {
  await using world = await saleWorld();
  const { booking, told, arrives, refund, payment, open } = await soldSeat(world);
  const part = booking.total.amount - 1_000;
  await arrives(told('open', part));
  await arrives(told('lost', part));
  expect(await payment()).toMatchObject({ withheld: part });
  await expect(refund(1_001)).rejects.toMatchObject({ code: 'refund.exceeds_captured' });
  await refund(1_000);
  expect(await open()).toEqual(['dispute_lost']);
  expect(await lettersOf(world)).toEqual(['dispute_opened', 'dispute_lost']);
  expect((await world.audit()).findings).toEqual([]);
});

test('an inquiry takes nothing, and what is refunded then stays refundable until the bank takes it', async () => {
  await using world = await saleWorld();
  const { booking, told, arrives, refund, payment } = await soldSeat(world);
  await arrives(told('inquiry'));
  await refund(500);
  await arrives(told('open'));
  expect(await payment()).toMatchObject({ withheld: booking.total.amount, refundReserved: 500 });
  await expect(refund(1)).rejects.toMatchObject({
    code: 'refund.exceeds_captured',
    details: { refundable: 0 },
  });
  await arrives(told('won'));
  await refund(booking.total.amount - 500);
  expect((await world.audit()).findings).toEqual([]);
});

/** The story of one dispute, delivered in another order and some of it twice. */
const shuffled = (order: readonly number[]) => async (world: SaleWorld, seat: number, deps?: SaleDeps) => {
  const sold = await soldSeat(world, seat);
  const story = [sold.told('inquiry'), sold.told('open'), sold.told('open'), sold.told('lost')];
  for (const n of order) {
    const delivery = story[n];
    if (delivery !== undefined) await sold.arrives(delivery, deps);
  }
  return sold;
};

test('whatever the order in which a dispute’s news come, and however often, the end counts', async () => {
  await using world = await saleWorld({}, { seats: 40, places: 0 });
  let seat = 0;
  const order = fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(order, async (deliveries) => {
      const sold = await shuffled(deliveries)(world, seat);
      seat += 1;
      expect(await sold.payment()).toMatchObject({ withheld: sold.booking.total.amount });
      expect(await sold.open()).toEqual(['dispute_lost']);
    }),
    { numRuns: 8 },
  );
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without the time of what is known, older news opens a lost dispute again', async () => {
  await using world = await saleWorld();
  const ageless: SaleDeps = {
    ...world.deps,
    disputes: {
      ...world.deps.disputes,
      find: async (id, tx) => {
        const known = await world.deps.disputes.find(id, tx);
        return known === null ? null : { ...known, toldAt: new Date(0) };
      },
      markTold: async (tx, known, next) => {
        const really = await world.deps.disputes.find(known.id, tx);
        return really !== null && world.deps.disputes.markTold(tx, really, next);
      },
    },
  };
  const sold = await shuffled([3, 0])(world, 0, ageless);
  expect(await world.deps.disputes.find(sold.dispute('lost').id)).toMatchObject({ status: 'inquiry' });
  expect(await sold.payment()).toMatchObject({ withheld: 0 });
});

test('two deliveries at once are counted once', async () => {
  await using world = await saleWorld();
  const { booking, told, payment } = await soldSeat(world);
  const deliveries = [told('open'), told('open'), told('lost')];
  for (const delivery of deliveries) await receiveWebhook(world.deps, delivery);
  const together = () => runJobs(world, { only: ['payment.process_webhook'] }).catch(() => undefined);
  await Promise.all([together(), together(), together()]);
  await runJobs(world, { only: ['payment.process_webhook'] });
  expect(await payment()).toMatchObject({ withheld: booking.total.amount });
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without the compare-and-set two deliveries at once withhold the money twice', async () => {
  await using world = await saleWorld();
  const { booking, dispute, told, arrives, payment } = await soldSeat(world);
  await arrives(told('inquiry'));
  const known = await world.deps.disputes.find(dispute('open').id);
  const blind: SaleDeps = {
    ...world.deps,
    disputes: { ...world.deps.disputes, find: async () => known, markTold: async () => true },
  };
  await arrives(told('open'), blind);
  await arrives(told('open'), blind);
  expect(await payment()).toMatchObject({ withheld: 2 * booking.total.amount });
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('disputes_disagree');
});

test('a dispute about money of another system on the same account is not ours', async () => {
  await using world = await saleWorld();
  const { dispute, arrives } = await soldSeat(world);
  await arrives(world.gateway.delivery({ ...dispute('open'), intentId: 'pi_foreign' }));
  expect(await world.deps.disputes.find(dispute('open').id)).toBeNull();
});

test('twin: if reserving a refund did not count disputes, lost money could be refunded as well', async () => {
  await using world = await saleWorld();
  const { booking, told, arrives, payment } = await soldSeat(world);
  await arrives(told('lost'));
  const { payments } = world.deps;
  const forgetful: SaleDeps = {
    ...world.deps,
    payments: {
      ...payments,
      find: async (id, tx) => {
        const found = await payments.find(id, tx);
        return found === null ? null : { ...found, withheld: 0 };
      },
      reserveRefund: async (_tx, id, amount) =>
        (
          await world.mongo.db
            .collection<{ _id: string }>('payments')
            .updateOne({ _id: id }, { $inc: { refundReserved: amount } })
        ).modifiedCount === 1,
    },
  };
  await requestRefund(forgetful, {
    organizationId: booking.organizationId,
    refundId: newId('rfd'),
    paymentId: booking.paymentId ?? newId('pay'),
    amount: booking.total.amount,
  }).catch(() => undefined);
  const after = await payment();
  expect((after?.refundReserved ?? 0) + (after?.withheld ?? 0)).toBeGreaterThan(after?.captured ?? 0);
});

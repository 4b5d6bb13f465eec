import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { Collection } from 'mongodb';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A sold seat and a pending one, in good order. */
const goodOrder = async (world: SaleWorld) => {
  const sold = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])));
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world);
  const pending = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(1)])));
  return { sold: sold.booking, pending: pending.booking };
};

type Damage = {
  readonly name: string;
  readonly found: string;
  readonly do: (
    of: (collection: string) => Collection,
    sale: Awaited<ReturnType<typeof goodOrder>>,
  ) => Promise<unknown>;
};

const damages: readonly Damage[] = [
  {
    name: 'a claim that is gone',
    found: 'booking_without_claim',
    do: (of, { pending }) => of('claims').deleteOne({ owner: pending.id }),
  },
  {
    name: 'a claim of a booking that has ended',
    found: 'claim_without_booking',
    do: (of, { pending }) =>
      of('bookings').updateOne({ reference: pending.reference }, { $set: { status: 'expired' } }),
  },
  {
    name: 'a unit claimed twice',
    found: 'unit_claimed_twice',
    do: async (of, { sold }) => {
      await of('claims').dropIndex('unit_once');
      const claim = await of('claims').findOne({ owner: sold.id }, { projection: { _id: 0 } });
      await of('claims').insertOne({ ...claim, owner: newId('bkg') });
    },
  },
  {
    name: 'a ticket that is gone',
    found: 'booking_without_ticket',
    do: (of, { sold }) => of('tickets').deleteOne({ bookingId: sold.id }),
  },
  {
    name: 'a second valid ticket for a unit',
    found: 'unit_ticketed_twice',
    do: async (of, { sold }) => {
      await of('tickets').dropIndex('unit_valid_once');
      const ticket = await of('tickets').findOne({ bookingId: sold.id }, { projection: { _id: 0 } });
      await of('tickets').insertOne({ ...ticket });
    },
  },
  {
    name: 'a ticket of a booking that is not confirmed',
    found: 'ticket_without_booking',
    do: (of, { sold }) =>
      of('bookings').updateOne({ reference: sold.reference }, { $set: { status: 'pending' } }),
  },
  {
    name: 'a confirmed booking without its money',
    found: 'booking_without_payment',
    do: (of, { sold }) => of('payments').updateOne({ bookingId: sold.id }, { $set: { status: 'created' } }),
  },
  {
    name: 'money without tickets',
    found: 'money_without_tickets',
    do: (of, { pending }) =>
      of('payments').updateOne(
        { bookingId: pending.id },
        { $set: { status: 'captured', captured: 5_000, capturedCurrency: 'EUR' } },
      ),
  },
  {
    name: 'money taken by hand that is not what the booking costs',
    found: 'offline_payment_wrong',
    do: (of, { sold }) =>
      of('payments').updateOne(
        { bookingId: sold.id },
        { $set: { offline: { method: 'cash', takenBy: newId('usr') } } },
      ),
  },
  {
    name: 'a complimentary booking that costs something',
    found: 'gift_not_free',
    do: (of, { sold }) =>
      of('bookings').updateOne(
        { reference: sold.reference },
        { $set: { sale: { channel: 'complimentary', reason: 'press', person: sold.userId } } },
      ),
  },
  {
    name: 'refunds that do not sum to what is reserved',
    found: 'refunds_disagree',
    do: (of, { sold }) => of('payments').updateOne({ bookingId: sold.id }, { $set: { refundReserved: 1 } }),
  },
  {
    name: 'a person’s count that is not what they have',
    found: 'limit_disagrees',
    do: (of, { sold }) => of('buyerLimits').updateOne({ person: sold.userId }, { $inc: { count: 1 } }),
  },
  {
    name: 'a booking that is another account’s than its money and tickets',
    found: 'account_disagrees',
    do: (of, { sold }) => of('payments').updateOne({ bookingId: sold.id }, { $set: { userId: null } }),
  },
];

test.each(damages)('the audit finds $name, and nothing in good order', async ({ found, do: damage }) => {
  await using world = await saleWorld();
  const sale = await goodOrder(world);
  expect((await world.audit()).findings).toEqual([]);
  await damage((name) => world.mongo.db.collection(name), sale);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain(found);
});

test('money before a person, or wholly sent back, is accounted for', async () => {
  await using world = await saleWorld();
  const { sold } = await goodOrder(world);
  await requestRefund(world.deps, {
    refundId: newId('rfd'),
    organizationId: sold.organizationId,
    paymentId: sold.paymentId ?? newId('pay'),
    amount: 5_000,
  });
  await runJobs(world, { only: ['refund.send'] });
  expect((await world.audit()).findings).toEqual([]);
});

test('a copy in Redis that disagrees with Mongo is told unit by unit', async () => {
  await using world = await saleWorld();
  const { sold } = await goodOrder(world);
  await runJobs(world, { only: ['inventory.follow_claims'] });
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([]);
  await world.mongo.db.collection('claims').deleteOne({ owner: sold.id });
  expect((await auditMirror(world.deps, world.event.id)).differences).toEqual([
    { unitId: world.inventory.seat(0).unitId, mongo: null, redis: sold.id },
  ]);
  await world.inventory.redis.flushall();
  expect(await auditMirror(world.deps, world.event.id)).toMatchObject({ cold: true });
});

import { followProviderRefund } from '@eventhorizon/core/flows/follow-provider-refund';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { sendRefund } from '@eventhorizon/core/flows/send-refund';
import type { ProviderRefund } from '@eventhorizon/core/payments/ports';
import { expect, test } from 'vitest';
import { barrier } from '../mongo/testing/barrier.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { type Sold, sell, soldAs } from '../testing/sell.ts';

const oneSold = (world: SaleWorld): Promise<Sold> => sell(world, [world.inventory.seat(0)]);

const byHand = (world: SaleWorld, { payment }: Sold, amount: number): ProviderRefund => {
  const made = world.gateway.refundByHand(payment.intentId ?? '', amount);
  if (made === null) throw new Error('the provider refuses');
  return made;
};

const refundsOf = (world: SaleWorld, { booking }: Sold) => world.deps.refunds.listOfBooking(booking.id);

const lettersOf = (world: SaleWorld, kind: string) =>
  world.mongo.db.collection('notifications').countDocuments({ 'notice.kind': kind });

test('a refund made in the provider’s dashboard is taken down as such, reserved and told, once, however often it is delivered', async () => {
  await using world = await saleWorld();
  const sold = await oneSold(world);
  const delivery = world.gateway.delivery(byHand(world, sold, 2_000));
  const again = world.gateway.delivery([...world.gateway.refunds.values()][0] as ProviderRefund);
  for (const each of [delivery, delivery, again]) await receiveWebhook(world.deps, each);
  await runJobs(world);
  expect(await refundsOf(world, sold)).toMatchObject([
    { reason: 'provider', status: 'settled', amount: { amount: 2_000, currency: 'EUR' } },
  ]);
  const after = await soldAs(world, sold.booking.id);
  expect(after.payment.refundReserved).toBe(2_000);
  // The tickets are nobody's business there.
  expect(after.booking.status).toBe('confirmed');
  expect(await lettersOf(world, 'refund_sent')).toBe(1);
  expect(await world.deps.incidents.findOpen(sold.booking.id)).toEqual([]);
  expect((await world.audit()).findings).toEqual([]);
});

test.each([
  ['it fails after it had succeeded', ['succeeded', 'failed'], 0],
  ['word of its beginning comes after word of its end', ['failed', 'pending'], 0],
  ['it settles after a while', ['pending', 'succeeded'], 2_000],
  ['it is said to be pending after it has settled', ['succeeded', 'pending'], 2_000],
] as const)('such a refund ends where the provider ended it when %s', async (_case, statuses, reserved) => {
  await using world = await saleWorld();
  const sold = await oneSold(world);
  const { id } = byHand(world, sold, 2_000);
  for (const status of statuses) await followProviderRefund(world.deps, world.gateway.moveRefund(id, status));
  expect((await soldAs(world, sold.booking.id)).payment.refundReserved).toBe(reserved);
  expect(await refundsOf(world, sold)).toHaveLength(1);
  expect((await world.audit()).findings).toEqual([]);
});

/** Two workers are told of one refund at once: both have looked before either writes. */
const toldTwiceAtOnce = async (world: SaleWorld): Promise<Sold> => {
  const sold = await oneSold(world);
  const told = byHand(world, sold, 2_000);
  const bothHaveLooked = barrier(2);
  const refunds: SaleDeps['refunds'] = {
    ...world.deps.refunds,
    findByProviderId: async (id) => {
      const found = await world.deps.refunds.findByProviderId(id);
      await bothHaveLooked();
      return found;
    },
  };
  const deps = { ...world.deps, refunds };
  await Promise.all([1, 2].map(() => followProviderRefund(deps, told)));
  return soldAs(world, sold.booking.id);
};

test('a refund of which two workers are told at once is counted once', async () => {
  await using world = await saleWorld();
  const sold = await toldTwiceAtOnce(world);
  expect(sold.payment.refundReserved).toBe(2_000);
  expect(await refundsOf(world, sold)).toHaveLength(1);
});

test('twin: without the unique provider id it is counted twice', async () => {
  await using world = await saleWorld();
  await world.mongo.db.collection('refunds').dropIndex('provider_once');
  const sold = await toldTwiceAtOnce(world);
  expect(sold.payment.refundReserved).toBe(4_000);
});

/** Our refund is made, and its webhook overtakes the answer to our call. */
const webhookFirst = async (world: SaleWorld, told: (refund: ProviderRefund) => ProviderRefund) => {
  const sold = await oneSold(world);
  const { id: paymentId, organizationId } = sold.payment;
  const { id: refundId } = await requestRefund(world.deps, {
    organizationId,
    refundId: newId('rfd'),
    paymentId,
    amount: 2_000,
  });
  world.gateway.fate('refund', 'lost');
  await sendRefund(world.deps, { refundId });
  const [made] = [...world.gateway.refunds.values()];
  if (made === undefined) throw new Error('no refund was made');
  await followProviderRefund(world.deps, told(made));
  return soldAs(world, sold.booking.id);
};

test('the webhook of our own refund settles it, also when it comes before the answer to our call', async () => {
  await using world = await saleWorld();
  const sold = await webhookFirst(world, (refund) => refund);
  expect(await refundsOf(world, sold)).toMatchObject([{ status: 'settled', reason: 'organizer' }]);
  await runJobs(world);
  expect(sold.payment.refundReserved).toBe(2_000);
  expect(world.gateway.refunds.size).toBe(1);
  expect(await lettersOf(world, 'refund_sent')).toBe(1);
});

test('twin: without our id in it the same money is counted twice', async () => {
  await using world = await saleWorld();
  const sold = await webhookFirst(world, (refund) => ({ ...refund, refundId: null }));
  expect(sold.payment.refundReserved).toBe(4_000);
});

test('a refund that does not fit beside one of ours is shown to a person, and fits once the provider has refused ours', async () => {
  await using world = await saleWorld();
  const sold = await oneSold(world);
  const { id: paymentId, organizationId } = sold.payment;
  await requestRefund(world.deps, { organizationId, refundId: newId('rfd'), paymentId, amount: 3_000 });
  const told = byHand(world, sold, 5_000);
  expect(await followProviderRefund(world.deps, told)).toMatchObject({ result: 'retry' });
  expect(await world.deps.incidents.findOpen(sold.booking.id)).toMatchObject([
    { kind: 'refund_foreign', facts: { providerRefundId: told.id, amount: 5_000, refundable: 2_000 } },
  ]);
  await runJobs(world);
  expect(await followProviderRefund(world.deps, told)).toEqual({ result: 'done' });
  const states = (await refundsOf(world, sold)).map(({ reason, status }) => `${reason} ${status}`);
  expect(states.toSorted()).toEqual(['organizer failed', 'provider settled']);
  expect((await soldAs(world, sold.booking.id)).payment.refundReserved).toBe(5_000);
  expect((await world.audit()).findings).toEqual([]);
});

test('word of a refund that overtakes the word of its payment waits for it, and bothers nobody', async () => {
  await using world = await saleWorld();
  const { booking, payment } = await oneSold(world);
  const unpaid = { status: 'created', captured: 0, capturedCurrency: null };
  const payments = world.mongo.db.collection<{ _id: string }>('payments');
  await payments.updateOne({ _id: payment.id }, { $set: unpaid });
  const told = world.gateway.refundByHand(payment.intentId ?? '', 1_000) as ProviderRefund;
  expect(await followProviderRefund(world.deps, told)).toMatchObject({ result: 'retry' });
  expect(await world.deps.incidents.findOpen(booking.id)).toEqual([]);
  const { status, captured, capturedCurrency } = payment;
  await payments.updateOne({ _id: payment.id }, { $set: { status, captured, capturedCurrency } });
  expect(await followProviderRefund(world.deps, told)).toEqual({ result: 'done' });
});

test('a refund of somebody else on the same account is nobody’s here', async () => {
  await using world = await saleWorld();
  const sold = await oneSold(world);
  const told = { ...byHand(world, sold, 1_000), intentId: 'pi_of_another_shop' };
  expect(await followProviderRefund(world.deps, told)).toEqual({ result: 'done' });
  expect(await refundsOf(world, sold)).toEqual([]);
});

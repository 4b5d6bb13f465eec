import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { soldAs } from '../testing/sell.ts';

/** A buyer gives an unpaid booking up, and pays it all the same: in another window, or a moment before. */
const givenUpAndPaid = async (world: SaleWorld) => {
  const { booking } = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])));
  const [intentId = ''] = world.gateway.intents.keys();
  await cancelPendingBooking(world.deps, {
    bookingId: booking.id,
    userId: booking.userId ?? newId('usr'),
  });
  return {
    booking,
    pay: () => receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId))),
  };
};

test('money that is heard of before the booking has ended makes tickets: who wants it back cancels by the policy, as everybody', async () => {
  await using world = await saleWorld();
  const { booking, pay } = await givenUpAndPaid(world);
  await pay();
  await runJobs(world, { only: ['booking.finalize'] });
  await runJobs(world);
  const { booking: after, payment } = await soldAs(world, booking.id);
  expect([after.status, after.closeReason, payment.refundReserved]).toEqual(['confirmed', null, 0]);
  expect((await world.audit()).findings).toEqual([]);
});

/** The end has the intent's cancel confirmed, and the provider took the money after all; its word comes before the end is written. */
const paidInTheLastMoment = async (world: SaleWorld, change: (deps: SaleDeps) => SaleDeps) => {
  const { booking } = await givenUpAndPaid(world);
  const [intentId = ''] = world.gateway.intents.keys();
  const deps = change(world.deps);
  const gateway: SaleDeps['gateway'] = {
    ...deps.gateway,
    cancelIntent: async (id) => {
      const intent = world.gateway.pay(id);
      await receiveWebhook(world.deps, world.gateway.delivery(intent));
      await runJobs(world, { only: ['booking.finalize'] });
      return { outcome: 'ok', value: { ...intent, status: 'cancelled' } };
    },
  };
  expect(world.gateway.intents.get(intentId)?.status).toBe('open');
  await closeBooking({ ...deps, gateway }, { bookingId: booking.id, reason: 'buyer' });
  return soldAs(world, booking.id);
};

test('a booking that was confirmed while its end was on the way is not ended: its money has its tickets', async () => {
  await using world = await saleWorld();
  const { booking } = await paidInTheLastMoment(world, (deps) => deps);
  expect(booking.status).toBe('confirmed');
  await runJobs(world);
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: ended without the compare-and-set, its money is kept and its seat is given to others', async () => {
  await using world = await saleWorld();
  const { booking } = await paidInTheLastMoment(world, (deps) => ({
    ...deps,
    bookings: {
      ...deps.bookings,
      markEnded: async (_tx, id, status) => {
        await world.mongo.db
          .collection<{ _id: string }>('bookings')
          .updateOne({ _id: id }, { $set: { status } });
        return true;
      },
    },
  }));
  expect(booking.status).toBe('cancelled');
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('money_without_tickets');
});

test('money that is heard of after the booking has ended goes back in full, whatever the policy says', async () => {
  await using world = await saleWorld();
  const { booking, pay } = await givenUpAndPaid(world);
  const [intentId = ''] = world.gateway.intents.keys();
  const intent = world.gateway.intents.get(intentId);
  await runJobs(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
  // The provider contradicts itself: cancelled, and paid.
  if (intent === undefined) throw new Error('no intent');
  world.gateway.process(intentId);
  await pay();
  await runJobs(world);
  const { payment } = await soldAs(world, booking.id);
  expect([payment.captured, payment.refundReserved]).toEqual([5_000, 5_000]);
  expect((await world.audit()).findings).toEqual([]);
});

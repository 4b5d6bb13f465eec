import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { type RequestRefund, requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** An organizer's wish to send 20.00 of a captured 50.00 back. */
const wish = async (world: SaleWorld, seat = 0): Promise<RequestRefund> => {
  const hold = await world.hold([world.inventory.seat(seat)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent?.id ?? '')));
  await runJobs(world, { only: ['booking.finalize'] });
  return {
    organizationId: booking.organizationId,
    refundId: newId('rfd'),
    paymentId: booking.paymentId ?? newId('pay'),
    amount: 2_000,
  };
};

const sentBack = async (world: SaleWorld): Promise<number> => {
  await runJobs(world, { only: ['refund.send'] });
  return [...world.gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0);
};

/** The transaction is committed, its answer is lost, and the organizer asks again. */
const askTwice = async (world: SaleWorld, deps: SaleDeps): Promise<number> => {
  const command = await wish(world);
  const unitOfWork: SaleDeps['unitOfWork'] = {
    run: async (work) => {
      await deps.unitOfWork.run(work);
      throw new DomainError('deadline.passed', { retryAfterMs: 500 });
    },
  };
  await expect(requestRefund({ ...deps, unitOfWork }, command)).rejects.toMatchObject({
    code: 'deadline.passed',
  });
  await requestRefund(deps, command);
  return sentBack(world);
};

test('a refund asked for again because its answer was lost is sent once', async () => {
  await using world = await saleWorld();
  expect(await askTwice(world, world.deps)).toBe(2_000);
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: with an id minted on our side instead of the caller’s it is sent twice', async () => {
  await using world = await saleWorld();
  const { outbox, refunds } = world.deps;
  let minted = newId('rfd');
  await askTwice(world, {
    ...world.deps,
    refunds: {
      ...refunds,
      insert: (tx, refund) => {
        minted = newId('rfd');
        return refunds.insert(tx, { ...refund, id: minted });
      },
    },
    outbox: {
      add: (tx, messages) =>
        outbox.add(
          tx,
          messages.map((m) =>
            m.job === 'refund.send' ? { ...m, payload: { refundId: minted }, key: `refund:${minted}` } : m,
          ),
        ),
    },
  });
  expect(await sentBack(world)).toBe(4_000);
});

test('the same refund asked for many times at once is one', async () => {
  await using world = await saleWorld();
  const command = await wish(world);
  const ask = async (): Promise<string> => {
    for (;;) {
      try {
        return (await requestRefund(world.deps, command)).id;
      } catch (error) {
        if (!isDomainError(error, 'busy.try_again')) throw error;
      }
    }
  };
  const answers = await Promise.all(Array.from({ length: 8 }, ask));
  expect(new Set(answers)).toEqual(new Set([command.refundId]));
  expect(await sentBack(world)).toBe(2_000);
});

test('asked for again, a refund of everything is answered as it stands, not refused as too much', async () => {
  await using world = await saleWorld();
  const command = { ...(await wish(world)), amount: 5_000 };
  await requestRefund(world.deps, command);
  await runJobs(world, { only: ['refund.send'] });
  expect(await requestRefund(world.deps, command)).toMatchObject({
    status: 'settled',
    amount: { amount: 5_000 },
  });
});

test('the id of another refund is refused, also when the two are written at once', async () => {
  await using world = await saleWorld();
  const command = await wish(world);
  const other = { ...(await wish(world, 1)), refundId: command.refundId };
  await requestRefund(world.deps, command);
  const refused = { code: 'refund.id_in_use' };
  await expect(requestRefund(world.deps, { ...command, amount: 1 })).rejects.toMatchObject(refused);
  await expect(requestRefund(world.deps, other)).rejects.toMatchObject(refused);
  // It was written after the look.
  const blind: SaleDeps['refunds'] = {
    ...world.deps.refunds,
    find: async (id, tx) => (tx === undefined ? world.deps.refunds.find(id) : null),
  };
  await expect(requestRefund({ ...world.deps, refunds: blind }, other)).rejects.toMatchObject(refused);
  expect((await requestRefund({ ...world.deps, refunds: blind }, command)).id).toBe(command.refundId);
  expect(await sentBack(world)).toBe(2_000);
  expect((await world.audit()).findings).toEqual([]);
});

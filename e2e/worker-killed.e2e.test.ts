import { openSale } from '@eventhorizon/actors/open-sale';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { newShopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';

describe('kill -9 of the worker', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  test('in the middle of twenty payments: after a restart each booking is confirmed exactly once', async () => {
    const sale = await openSale(stack.url, { seatMap: null, standing: 40, prices: { floor: 1000 } });
    const shoppers = await Promise.all(Array.from({ length: 20 }, () => newShopper(stack)));
    const bookings = await Promise.all(
      shoppers.map(async (shopper) => {
        const hold = await shopper.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 1 });
        return shopper.checkOut(sale, hold);
      }),
    );
    const paying = shoppers.map(async (shopper, n) => {
      const checkedOut = bookings[n];
      if (checkedOut !== undefined) await shopper.pay(checkedOut);
    });
    await paying[0];
    const worker = stack.apps.processes.get('worker');
    if (worker?.pid === undefined) throw new Error('the worker does not run');
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    await stack.apps.restart('worker');
    await Promise.all(paying);
    await Promise.all(
      shoppers.map((shopper, n) => shopper.untilStatus(bookings[n]?.booking.id ?? '', 'confirmed')),
    );
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 20, validTickets: 20 });
  });
});

import { openSale } from '@eventhorizon/actors/open-sale';
import { createClient } from '@eventhorizon/client/create-client';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { refusalOf } from './src/refusal.ts';
import { newShopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';

const BUYERS = 6;
const onePlace = (areaId: string) => ({ kind: 'places', areaId, quantity: 1 }) as const;

describe('a sale behind a waiting room', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  test('everybody waits and buys, nobody pushes in, and losing Redis on the way costs nobody his place', async () => {
    const local = new Date(Date.now() + 5_000).toISOString().slice(0, 19);
    const sale = await openSale(stack.url, {
      seatMap: null,
      standing: BUYERS,
      prices: { floor: 1000 },
      event: { waitingRoom: { opensAt: { local, zone: 'UTC' }, turnsPerMinute: 120, turnMs: 600_000 } },
    });
    const floor = onePlace(sale.areaId);
    const shoppers = await Promise.all(Array.from({ length: BUYERS }, () => newShopper(stack)));
    const redis = new Redis(stack.redis.url);
    const order: { readonly position: number; readonly pass: string }[] = [];
    let flushed = false;
    await Promise.all(
      shoppers.map(async (shopper) => {
        const passes = new Set<string>();
        await shopper.client.waitForTurn(sale.eventId, {
          onPosition: (standing) => {
            passes.add(standing.pass);
            if (standing.state === 'turn') order.push(standing);
          },
        });
        expect(passes.size).toBe(1);
        if (!flushed) {
          flushed = true;
          await redis.flushall();
        }
        const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, floor));
        await shopper.pay(checkedOut);
        await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
      }),
    );
    expect(order.map(({ position }) => position).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);

    // Who has bought is not let in again, though Redis forgets it all.
    await redis.flushall();
    redis.disconnect();
    for (const shopper of shoppers) expect(await refusalOf(shopper.hold(sale, floor))).toBe('room.pass_used');

    const pusher = createClient({ url: stack.url });
    await pusher.becomeVisitor();
    const hold = { eventId: sale.eventId, holdId: 'hld_01h455vb4pex5vsknk084sn02q', selections: [floor] };
    expect(await refusalOf(pusher.api.holds.place.mutate(hold))).toBe('room.pass_required');
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: BUYERS, validTickets: BUYERS });
  });
});

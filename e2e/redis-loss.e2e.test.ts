import { openSale } from '@eventhorizon/actors/open-sale';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { refusalOf } from './src/refusal.ts';
import { type CheckedOut, type Hold, newShopper, type Selection } from './src/shopper.ts';
import { seatOf, smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';

const seat: Selection = { kind: 'seats', unitIds: [seatOf('A', 1)] };

/** The steps of a purchase; Redis is emptied before one of them. */
const STEPS = ['hold', 'checkout', 'pay', 'finalize', 'end'] as const;

describe('FLUSHALL between any two steps', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());
  const flush = async () => {
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    redis.disconnect();
  };

  for (const step of STEPS) {
    test(`before ${step}: one buyer has the seat, nobody else, and no paid booking is lost`, async () => {
      const sale = await openSale(stack.url, { seatMap: smallHall, standing: 0, prices: { Stalls: 2500 } });
      const shopper = await newShopper(stack);
      const rival = await newShopper(stack);
      const flushBefore = async (now: (typeof STEPS)[number]) => (now === step ? flush() : undefined);

      await flushBefore('hold');
      let hold: Hold = await shopper.hold(sale, seat);
      await flushBefore('checkout');
      if (step === 'checkout') {
        // The hold was Redis's alone: it may be lost, and is chosen anew.
        expect(await refusalOf(shopper.checkOut(sale, hold))).toBe('hold.gone');
        hold = await shopper.hold(sale, seat);
      }
      const checkedOut: CheckedOut = await shopper.checkOut(sale, hold);
      await flushBefore('pay');
      if (step === 'finalize') await stack.sandbox.call('POST', '/webhooks/hold');
      await shopper.pay(checkedOut);
      if (step === 'finalize') {
        await flush();
        await stack.sandbox.call('POST', '/webhooks/release', {});
      }
      await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
      await flushBefore('end');

      expect(await refusalOf(rival.hold(sale, seat))).toBe('units.taken');
      expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 1 });
    });
  }
});

import { openSale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { newShopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

const hall = { seatMap: null, standing: 20, prices: { floor: 0 } };

describe('what buyers are told', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  test('who asked for an SMS gets one with a link that opens the tickets, and the e-mail as well', async () => {
    const phone = '+491701234567';
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const hold = await shopper.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 2 });
    const { booking } = await shopper.checkOut(sale, hold, phone);
    await shopper.untilStatus(booking.id, 'confirmed');
    const [sms] = await waitUntil(
      async () => {
        const all = await stack.sandbox.sms(phone);
        return all.length > 0 ? all : null;
      },
      { what: 'an SMS', timeoutMs: 60_000 },
    );
    expect(sms?.body).toMatch(
      new RegExp(
        `^${booking.reference}: 2 tickets for The on-sale rush, 14 Jun 20:00 ${stack.url}/t/\\w{20}$`,
      ),
    );
    const link = sms?.body.split(' ').at(-1) ?? '';
    const page = await (await fetch(link)).text();
    expect(page).toContain('Floor');
    expect(page.match(/data:image\/png/g)).toHaveLength(2);
    expect((await (await fetch(`${link}/tickets.pdf`)).text()).startsWith('%PDF-')).toBe(true);
    await untilMailed(stack, shopper.email, 1);
    expect(await stack.sandbox.sms(phone)).toHaveLength(1);
  });
});

import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { newShopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

/** Minted by the caller, so that a call with a lost answer can be repeated. */
const newNotificationId = (): string => `ntf_${newHoldId().slice('hld_'.length)}`;

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

  test('tickets are sent again, to a corrected address when the buyer gives one and by the organizer to no other, and the organizer sees all of it', async () => {
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const hold = await shopper.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 1 });
    const { booking } = await shopper.checkOut(sale, hold);
    await shopper.untilStatus(booking.id, 'confirmed');
    const [first] = await untilMailed(stack, shopper.email, 1);
    const bookingId = booking.id;

    const corrected = `corrected-${shopper.email}`;
    const command = { bookingId, notificationId: newNotificationId(), email: corrected };
    await shopper.client.api.bookings.resend.mutate(command);
    await shopper.client.api.bookings.resend.mutate(command);
    const [again] = await untilMailed(stack, corrected, 1);
    expect(again?.subject).toContain('Your ticket again');
    expect(again?.text.match(/Code: .+/)?.[0]).toBe(first?.text.match(/Code: .+/)?.[0]);

    const { api } = sale.organizer;
    const own = { organizationId: sale.organizationId, bookingId };
    const elsewhere = { ...own, notificationId: newNotificationId(), email: `other-${shopper.email}` };
    await expect(api.bookings.resendSold.mutate(elsewhere)).rejects.toThrow(
      'only the owner of that account may change',
    );
    await api.bookings.resendSold.mutate({ ...own, notificationId: newNotificationId() });
    await untilMailed(stack, corrected, 2);
    const { messages, corrections } = await api.bookings.correspondence.query(own);
    expect(messages.map(({ notice }) => notice.kind)).toEqual([
      'booking_confirmed',
      'booking_resent',
      'booking_resent',
    ]);
    expect(corrections).toMatchObject([{ before: shopper.email, after: corrected, by: 'buyer' }]);
  });
});

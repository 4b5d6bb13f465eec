import { openSale } from '@eventhorizon/actors/open-sale';
import { createClient } from '@eventhorizon/client/create-client';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { offlineGate } from './src/gate.ts';
import { refusalOf } from './src/refusal.ts';
import { newShopper, shopperOf } from './src/shopper.ts';
import { seatOf, smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

const hall = { seatMap: smallHall, standing: 10, prices: { Stalls: 2500, floor: 1500 } };

describe('an organizer sells, buyers buy', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  test('a visitor holds two seats, logs in, takes the hold along, pays, and has two tickets that a gate can read', async () => {
    const sale = await openSale(stack.url, hall);
    const client = createClient({ url: stack.url });
    await client.becomeVisitor();
    const visitor = shopperOf(stack, client, 'visitor@example.org');
    const hold = await visitor.hold(sale, { kind: 'seats', unitIds: [seatOf('A', 1), seatOf('A', 2)] });

    expect(await refusalOf(visitor.checkOut(sale, hold))).toBe('auth.required');
    await client.register({
      username: `v${Date.now()}`,
      email: 'visitor@example.org',
      password: 'a long enough one',
    });
    const adopted = await client.api.holds.adopt.mutate({ eventId: sale.eventId, holdId: hold.id });
    const checkedOut = await visitor.checkOut(sale, adopted);
    expect(checkedOut.booking).toMatchObject({ status: 'pending', total: { amount: 5000, currency: 'EUR' } });
    expect(await visitor.pay(checkedOut)).toBe('paid');

    const booking = await visitor.untilStatus(checkedOut.booking.id, 'confirmed');
    expect(booking.reference).toMatch(/^EVT-[A-Z0-9]{6}$/);
    const tickets = await client.api.bookings.tickets.query({ bookingId: booking.id });
    expect(tickets.map(({ unitId }) => unitId).sort()).toEqual([seatOf('A', 1), seatOf('A', 2)]);
    const isGenuine = await offlineGate(stack.url);
    for (const { code, qr } of tickets) {
      expect(isGenuine(code ?? '')).toBe(true);
      expect(isGenuine(code?.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) ?? '')).toBe(false);
      expect(qr).toMatch(/^data:image\/png;base64,/);
    }
    const { items } = await client.api.bookings.list.query({});
    expect(items).toMatchObject([{ status: 'confirmed', units: 2, event: { title: 'The on-sale rush' } }]);
    const { items: payments } = await client.api.payments.list.query({});
    expect(payments).toMatchObject([{ status: 'captured', captured: { amount: 5000, currency: 'EUR' } }]);
    await expectCleanAudit(stack, sale);
  });

  test('the buyer has an e-mail with the reference, the seats and a QR code for each ticket', async () => {
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(
      sale,
      await shopper.hold(sale, { kind: 'best', priceCategory: 'Stalls', quantity: 2 }),
    );
    await shopper.pay(checkedOut);
    const booking = await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    const [email] = await untilMailed(stack, shopper.email, 1);
    expect(email?.text).toContain(booking.reference);
    for (const { label } of booking.lines) expect(email?.text).toContain(label);
    expect(email?.html.match(/cid:/g)).toHaveLength(2);
  });

  test('a free booking confirms without a payment', async () => {
    const sale = await openSale(stack.url, { seatMap: null, standing: 5, prices: { floor: 0 } });
    const shopper = await newShopper(stack);
    const hold = await shopper.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 2 });
    const { booking, payment } = await shopper.checkOut(sale, hold);
    expect(payment.state).toBe('free');
    await shopper.untilStatus(booking.id, 'confirmed');
    expect(await shopper.client.api.bookings.tickets.query({ bookingId: booking.id })).toHaveLength(2);
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 0, validTickets: 2 });
  });

  test('a declined card keeps the seats, and another card buys them', async () => {
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(
      sale,
      await shopper.hold(sale, { kind: 'seats', unitIds: [seatOf('B', 1)] }),
    );
    expect(await shopper.pay(checkedOut, 'declined')).toBe('declined');
    expect(await shopper.status(checkedOut.booking.id)).toBe('pending');
    expect(await shopper.pay(checkedOut, 'asks_and_is_answered')).toBe('paid');
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    await expectCleanAudit(stack, sale);
  });

  test('a booking that is given up frees its seats for the next buyer', async () => {
    const sale = await openSale(stack.url, { ...hall, standing: 0, prices: { Stalls: 2500 } });
    const [first, second] = [await newShopper(stack), await newShopper(stack)];
    const all = { kind: 'best', priceCategory: 'Stalls', quantity: 8 } as const;
    const checkedOut = await first.checkOut(sale, await first.hold(sale, all));
    expect(await refusalOf(second.hold(sale, all))).toBe('units.short');
    await first.client.api.bookings.cancelPending.mutate({ bookingId: checkedOut.booking.id });
    await first.untilStatus(checkedOut.booking.id, 'cancelled');
    await expectCleanAudit(stack, sale);
    // What is seen of availability may be 250 ms old.
    const hold = await waitUntil(() => second.hold(sale, all), {
      what: 'all seats are free',
      timeoutMs: 10_000,
    });
    const next = await second.checkOut(sale, hold);
    await second.pay(next);
    await second.untilStatus(next.booking.id, 'confirmed');
    await expectCleanAudit(stack, sale);
  });

  test('checking one hold out twice at once makes one booking', async () => {
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const hold = await shopper.hold(sale, { kind: 'seats', unitIds: [seatOf('A', 1)] });
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => shopper.checkOut(sale, hold)));
    const bookings = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? [answer.value.booking.id] : [],
    );
    expect(bookings.length).toBeGreaterThan(0);
    expect(new Set(bookings).size).toBe(1);
    const again = await shopper.checkOut(sale, hold);
    expect(again.booking.id).toBe(bookings[0]);
    await shopper.pay(again);
    await shopper.untilStatus(again.booking.id, 'confirmed');
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 1 });
  });
});

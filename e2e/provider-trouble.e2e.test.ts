import { openSale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { refusalOf } from './src/refusal.ts';
import { newShopper, type Selection } from './src/shopper.ts';
import { seatOf, smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';

const hall = { seatMap: smallHall, standing: 0, prices: { Stalls: 2500 } };
const seat: Selection = { kind: 'seats', unitIds: [seatOf('A', 1)] };

describe('when the payment provider has a bad day', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());
  const intentsOf = async (bookingId: string) =>
    (await stack.sandbox.intents()).filter(({ metadata }) => metadata.bookingId === bookingId);
  /** What the sandbox does to the next attempt to create an intent. */
  const failNextIntent = (mode: 'reset_after' | 'error_stored') =>
    stack.sandbox.call('POST', '/faults', { calls: 'stripe.payment_intents.create', mode, next: 1 });

  test('an intent whose creation is answered with nothing is found again, and there is only one', async () => {
    await failNextIntent('reset_after');
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, seat));
    expect(await shopper.pay(checkedOut)).toBe('paid');
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    expect(await intentsOf(checkedOut.booking.id)).toHaveLength(1);
    await expectCleanAudit(stack, sale);
  });

  test('a stored failure of the provider is left behind by the next attempt', async () => {
    await failNextIntent('error_stored');
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, seat));
    expect(await shopper.pay(checkedOut)).toBe('paid');
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    await expectCleanAudit(stack, sale);
  });

  test('a booking given up while its intent is unknown ends only when that intent is found and cancelled', async () => {
    await failNextIntent('reset_after');
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const { booking } = await shopper.checkOut(sale, await shopper.hold(sale, seat));
    await shopper.client.api.bookings.cancelPending.mutate({ bookingId: booking.id });
    await shopper.untilStatus(booking.id, 'cancelled');
    expect((await intentsOf(booking.id)).map(({ status }) => status)).toEqual(['canceled']);
    await expectCleanAudit(stack, sale);
  });

  test('a payment that the bank still decides keeps its seats, whatever the buyer wants', async () => {
    const sale = await openSale(stack.url, hall);
    const [shopper, rival] = [await newShopper(stack), await newShopper(stack)];
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, seat));
    await shopper.pay(checkedOut, 'bank_decides');
    await shopper.client.api.bookings.cancelPending.mutate({ bookingId: checkedOut.booking.id });
    expect(await shopper.status(checkedOut.booking.id)).toBe('closing');
    expect(await refusalOf(rival.hold(sale, seat))).toBe('units.taken');

    const [intent] = await intentsOf(checkedOut.booking.id);
    await stack.sandbox.call('POST', `/intents/${intent?.id}/settle`, { result: 'succeeded' });
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 1 });
  });

  test('money that comes after the organizer freed the seats by force has tickets, and stands on the list of what needs a person', async () => {
    const sale = await openSale(stack.url, hall);
    const { organizer, organizationId } = sale;
    const shopper = await newShopper(stack);
    const { booking, ...rest } = await shopper.checkOut(sale, await shopper.hold(sale, seat));
    await shopper.pay({ booking, ...rest }, 'bank_decides');
    await organizer.api.bookings.forceRelease.mutate({ organizationId, bookingId: booking.id });
    expect(await shopper.status(booking.id)).toBe('expired');

    const [intent] = await intentsOf(booking.id);
    await stack.sandbox.call('POST', `/intents/${intent?.id}/settle`, { result: 'succeeded' });
    const late = await shopper.untilStatus(booking.id, 'confirmed');
    expect(late.lateMoney).toBe('same_units');
    const { items } = await organizer.api.incidents.list.query({ organizationId });
    const [incident] = items;
    expect(items).toMatchObject([{ bookingId: booking.id, kind: 'late_money' }]);
    const done = { organizationId, incidentId: incident?.id ?? '', note: 'The buyer has the tickets.' };
    await organizer.api.incidents.resolve.mutate(done);
    expect((await organizer.api.incidents.list.query({ organizationId })).items).toEqual([]);
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 1 });
  });

  test('a payment that the bank refuses in the end frees its seats', async () => {
    const sale = await openSale(stack.url, hall);
    const [shopper, rival] = [await newShopper(stack), await newShopper(stack)];
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, seat));
    await shopper.pay(checkedOut, 'bank_decides');
    await shopper.client.api.bookings.cancelPending.mutate({ bookingId: checkedOut.booking.id });
    const [intent] = await intentsOf(checkedOut.booking.id);
    await stack.sandbox.call('POST', `/intents/${intent?.id}/settle`, { result: 'failed' });
    await shopper.untilStatus(checkedOut.booking.id, 'cancelled', 90_000);
    const held = await waitUntil(() => rival.hold(sale, seat), {
      what: 'the seat is free again',
      timeoutMs: 30_000,
    });
    expect(held.units).toHaveLength(1);
  });
});

import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale, type Sale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { refusalOf } from './src/refusal.ts';
import { newShopper, type Shopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

const floor = { seatMap: null, standing: 2, prices: { floor: 1_500 } };
const wish = { priceCategory: 'floor' };
const newEntryId = (): string => newHoldId().replace('hld', 'wle');

const buyerOf = ({ email }: Shopper, phone?: string) => ({
  name: 'Grace Hopper',
  email,
  ...(phone !== undefined && { phone, wantsSms: true }),
});

const join = (shopper: Shopper, { eventId }: Sale, more: { quantity?: number; phone?: string } = {}) =>
  shopper.client.api.waitlist.join.mutate({
    eventId,
    entryId: newEntryId(),
    wish,
    quantity: more.quantity ?? 1,
    buyer: buyerOf(shopper, more.phone),
  });

/** Both places, bought by one who may give them back. */
const soldOut = async (stack: Awaited<ReturnType<typeof testStack>>, sale: Sale) => {
  const buyer = await newShopper(stack);
  const hold = await buyer.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 2 });
  const { booking } = await buyer.checkOut(sale, hold);
  return {
    giveUp: () => buyer.client.api.bookings.cancelPending.mutate({ bookingId: booking.id }),
  };
};

const untilOffered = (shopper: Shopper) =>
  waitUntil(
    async () => {
      const { items } = await shopper.client.api.waitlist.listMine.query({});
      return items.find(({ offer }) => offer !== null)?.offer ?? null;
    },
    { what: 'an offer', timeoutMs: 60_000 },
  );

describe('a sold-out event', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());

  test('what comes back is offered in order, told by mail and SMS, accepted and paid; what is declined goes to the next', async () => {
    const sale = await openSale(stack.url, floor);
    const { giveUp } = await soldOut(stack, sale);
    const [first, second, third] = [
      await newShopper(stack),
      await newShopper(stack),
      await newShopper(stack),
    ];
    expect(await join(first, sale, { phone: '+4930901820' })).toMatchObject({
      position: 1,
      status: 'waiting',
    });
    expect(await join(second, sale)).toMatchObject({ position: 2 });
    expect(await join(third, sale)).toMatchObject({ position: 3 });
    expect(await refusalOf(join(third, sale))).toBe('waitlist.joined_already');

    await giveUp();
    const offer = await untilOffered(first);
    expect(offer.units).toHaveLength(1);
    const [email] = await untilMailed(stack, first.email, 1);
    expect(email?.text).toContain(`/offers/${offer.id}`);
    const [sms] = await waitUntil(
      async () => {
        const all = await stack.sandbox.sms('+4930901820');
        return all.length > 0 ? all : null;
      },
      { what: 'an SMS about the offer', timeoutMs: 60_000 },
    );
    expect(sms?.body).toMatch(
      /^Waitlist: 1 ticket for The on-sale rush\. Yours until .*: http\S+\/offers\/ofr_/,
    );
    expect(await refusalOf(second.client.api.waitlist.getOffer.query({ offerId: offer.id }))).toBe(
      'thing.not_found',
    );
    const lines = offer.units.map(({ unitId }) => ({ unitId, ticketTypeId: sale.ticketTypeId }));
    const accepted = await first.client.api.waitlist.accept.mutate({ offerId: offer.id, lines });
    expect(await first.pay(accepted)).toBe('paid');
    await first.untilStatus(accepted.booking.id, 'confirmed');

    const declined = await untilOffered(second);
    await second.client.api.waitlist.decline.mutate({ offerId: declined.id });
    const next = await untilOffered(third);
    expect(next.units).toEqual(declined.units);
    const last = await third.client.api.waitlist.accept.mutate({
      offerId: next.id,
      lines: next.units.map(({ unitId }) => ({ unitId, ticketTypeId: sale.ticketTypeId })),
    });
    await third.pay(last);
    await third.untilStatus(last.booking.id, 'confirmed');
    await expectCleanAudit(stack, sale);
  });

  test('one call books what there is and queues the rest, which can be made smaller and left', async () => {
    const sale = await openSale(stack.url, floor);
    const shopper = await newShopper(stack);
    const { api } = shopper.client;
    const made = await api.bookings.bookOrQueue.mutate({
      eventId: sale.eventId,
      holdId: newHoldId(),
      entryId: newEntryId(),
      wish,
      quantity: 10,
      buyer: buyerOf(shopper),
    });
    expect(made).toMatchObject({
      message: 'Booked 2 tickets. Remaining 8 added to the waitlist.',
      entry: { quantity: 8, position: 1 },
    });
    if (made.booking === null || made.payment === null || made.entry === null)
      throw new Error('a half is missing');
    await shopper.pay({ booking: made.booking, payment: made.payment });
    await shopper.untilStatus(made.booking.id, 'confirmed');
    const { id: entryId } = made.entry;
    expect(await api.waitlist.reduce.mutate({ entryId, quantity: 3 })).toMatchObject({
      quantity: 3,
      position: 1,
    });
    await api.waitlist.leave.mutate({ entryId });
    expect(await api.waitlist.listMine.query({})).toMatchObject({ items: [{ status: 'cancelled' }] });
    await expectCleanAudit(stack, sale);
  });

  test('an event that assigns at once confirms free tickets for who is next, without asking', async () => {
    const event = { waitlist: { mode: 'assign' as const } };
    const sale = await openSale(stack.url, { ...floor, prices: { floor: 0 }, event });
    const buyer = await newShopper(stack);
    const held = await buyer.hold(sale, { kind: 'places', areaId: sale.areaId, quantity: 2 });
    const shopper = await newShopper(stack);
    await join(shopper, sale);
    // A hold that is let go comes free on sale; the list takes it from there.
    await buyer.client.api.holds.release.mutate({ eventId: sale.eventId, holdId: held.id });
    const booking = await waitUntil(
      async () => (await shopper.client.api.bookings.list.query({ status: 'confirmed' })).items[0] ?? null,
      { what: 'a booking from the waitlist', timeoutMs: 60_000 },
    );
    expect(booking.units).toBe(1);
    await expectCleanAudit(stack, sale);
  });
});

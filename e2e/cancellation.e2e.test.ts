import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale, type Sale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { refusalOf } from './src/refusal.ts';
import { newShopper, type Shopper } from './src/shopper.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

const newRefundId = (): string => newHoldId().replace('hld', 'rfd');
const EUR = 'EUR';

describe('tickets are given up and money goes back', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());
  let sale: Sale;
  beforeAll(async () => {
    sale = await openSale(stack.url, {
      seatMap: null,
      standing: 12,
      prices: { floor: 2_505 },
      event: { refundPolicy: { steps: [{ untilDays: 7, percent: 50 }] } },
    });
  }, 60_000);

  const buys = async (shopper: Shopper, quantity: number) => {
    const hold = await shopper.hold(sale, { kind: 'places', areaId: sale.areaId, quantity });
    const checkedOut = await shopper.checkOut(sale, hold);
    await shopper.pay(checkedOut);
    return shopper.untilStatus(checkedOut.booking.id, 'confirmed');
  };
  const untilSettled = ({ client }: Shopper, bookingId: string, count: number) =>
    waitUntil(
      async () => {
        const refunds = await client.api.bookings.refunds.query({ bookingId });
        return refunds.filter(({ status }) => status === 'settled').length === count ? refunds : null;
      },
      { what: `${count} refunds are settled`, timeoutMs: 60_000 },
    );

  test('a buyer is told to the cent what comes back, gives one ticket up and then the rest, and is paid back and told', async () => {
    const shopper = await newShopper(stack);
    const { api } = shopper.client;
    const { id: bookingId, lines } = await buys(shopper, 3);
    const ticketIds = lines.slice(0, 1).map(({ ticketId }) => ticketId);
    const quote = await api.bookings.quoteCancellation.query({ bookingId, ticketIds });
    expect(quote.total).toEqual({ amount: 1_253, currency: EUR });
    const command = { bookingId, ticketIds, refundId: newRefundId(), agreed: quote.total };
    const wrong = { ...command, agreed: { amount: 2_505, currency: EUR } };
    expect(await refusalOf(api.bookings.cancel.mutate(wrong))).toBe('cancellation.quote_changed');
    for (const _again of [1, 2])
      expect(await api.bookings.cancel.mutate(command)).toMatchObject({
        booking: { status: 'confirmed' },
        refund: { id: command.refundId, amount: quote.total },
      });
    const valid = (await api.bookings.tickets.query({ bookingId })).filter(({ code }) => code !== null);
    expect(valid).toHaveLength(2);

    const rest = await api.bookings.quoteCancellation.query({ bookingId });
    expect(rest.total.amount).toBe(2_506);
    await api.bookings.cancel.mutate({ bookingId, refundId: newRefundId(), agreed: rest.total });
    await shopper.untilStatus(bookingId, 'cancelled');
    await untilSettled(shopper, bookingId, 2);
    // The tickets, two cancellations, two refunds.
    const emails = await untilMailed(stack, shopper.email, 5);
    const texts = emails.map(({ text }) => text).join('\n');
    expect(texts).toContain('12.53 EUR goes back');
    expect(texts).toMatch(/your booking was cancelled/i);
    const { items } = await api.bookings.list.query({});
    expect(items).toMatchObject([{ id: bookingId, status: 'cancelled' }]);
    await expectCleanAudit(stack, sale);
  });

  test('a refund that the bank sends back is money again, and can be sent once more by the organizer', async () => {
    const shopper = await newShopper(stack);
    const { id: bookingId } = await buys(shopper, 1);
    const { organizationId, organizer } = sale;
    const of = { organizationId, bookingId };
    const { inFull } = await organizer.api.bookings.quoteSoldCancellation.query(of);
    await stack.sandbox.call('POST', '/refunds/next', { fates: ['fails_later'] });
    const { refund } = await organizer.api.bookings.cancelSold.mutate({
      ...of,
      refundId: newRefundId(),
      money: { kind: 'full', agreed: inFull.total },
      reason: 'the seat is broken',
      message: 'We are sorry.',
    });
    await waitUntil(
      async () => {
        const [first] = await shopper.client.api.bookings.refunds.query({ bookingId });
        return first?.status === 'failed' ? first : null;
      },
      { what: 'the refund failed', timeoutMs: 60_000 },
    );
    const { payment } = await organizer.api.payments.ofBooking.query(of);
    expect(payment?.refundable).toEqual(refund?.amount);
    const again = { organizationId, paymentId: payment?.id ?? '', refundId: newRefundId(), reason: 'again' };
    await organizer.api.payments.refund.mutate({ ...again, amount: payment?.refundable.amount ?? 0 });
    await untilSettled(shopper, bookingId, 1);
    const { items } = await organizer.api.incidents.list.query({ organizationId });
    const [incident] = items;
    expect(incident).toMatchObject({ kind: 'refund_failed', bookingId });
    const seen = { organizationId, incidentId: incident?.id ?? '', note: 'sent again' };
    await organizer.api.incidents.acknowledge.mutate(seen);
    await expectCleanAudit(stack, sale);
  });

  test('what an organizer refunds in the provider’s dashboard is on record, and no more than what is left goes back afterwards', async () => {
    const shopper = await newShopper(stack);
    const { api } = shopper.client;
    const { id: bookingId } = await buys(shopper, 2);
    const intent = (await stack.sandbox.intents()).find(({ metadata }) => metadata.bookingId === bookingId);
    await stack.sandbox.call('POST', `/intents/${intent?.id}/refund`, { amount: 4_000 });
    const [refund] = await untilSettled(shopper, bookingId, 1);
    expect(refund).toMatchObject({ reason: 'provider', amount: { amount: 4_000 } });
    const { total } = await api.bookings.quoteCancellation.query({ bookingId });
    expect(total.amount).toBe(1_010);
    await api.bookings.cancel.mutate({ bookingId, refundId: newRefundId(), agreed: total });
    await untilSettled(shopper, bookingId, 2);
    await expectCleanAudit(stack, sale);
  });
});

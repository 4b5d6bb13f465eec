import { type CancelBooking, cancelBooking } from '@eventhorizon/core/flows/cancel-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { giveUpTicket } from '@eventhorizon/core/flows/give-up-ticket';
import { quoteCancellation } from '@eventhorizon/core/flows/quote-cancellation';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { DAY_MS, HOUR_MS } from '@eventhorizon/core/shared/clock';
import { DomainError, isDomainError } from '@eventhorizon/core/shared/errors';
import type { UserId } from '@eventhorizon/core/shared/ids';
import { expect, test } from 'vitest';
import { mongoSalesRecord } from '../mongo/sales-record.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { type Sold, sell, soldAs } from '../testing/sell.ts';

/** Half of the price until two days before the start. */
const refundPolicy = {
  steps: [
    { untilMs: 7 * DAY_MS, percent: 100 },
    { untilMs: 48 * HOUR_MS, percent: 50 },
  ],
  feesReturned: false,
  exceptions: [],
};
const startingIn = (ms: number) => {
  const at = new Date(Date.now() + ms);
  return { local: at.toISOString().slice(0, 16), zone: 'UTC', at };
};
const world = (startsInMs = 3 * DAY_MS) =>
  saleWorld(
    { refundPolicy, startsAt: startingIn(startsInMs), endsAt: startingIn(startsInMs + HOUR_MS) },
    { seats: 6, places: 0 },
  );

const seats = (of: SaleWorld, count: number) => Array.from({ length: count }, (_, n) => of.inventory.seat(n));

const quote = (of: SaleWorld, { booking }: Sold, ticketIds?: CancelBooking['ticketIds']) =>
  quoteCancellation(of.deps, { bookingId: booking.id, ticketIds, party: { userId: booking.userId } });

/** What the buyer sends who agrees to the quote as it is now. */
const agreedNow = async (of: SaleWorld, sold: Sold, ticketIds?: CancelBooking['ticketIds']) => ({
  bookingId: sold.booking.id,
  userId: sold.booking.userId,
  ticketIds,
  refundId: newId('rfd'),
  agreed: (await quote(of, sold, ticketIds)).byPolicy.total,
});

/** As a transfer leaves it: another account holds the ticket, and it counts against that one. */
const passOn = async (of: SaleWorld, { booking }: Sold, nth: number, holderId: UserId): Promise<void> => {
  const line = booking.lines[nth];
  if (line === undefined) throw new Error('no such line');
  const { db } = of.mongo;
  await db
    .collection<{ _id: string }>('tickets')
    .updateOne({ _id: line.ticketId }, { $set: { holderId, generation: 2 } });
  await db.collection('claims').updateOne({ unitId: line.unitId }, { $set: { person: holderId } });
  await of.deps.unitOfWork.run(async (tx) => {
    await of.deps.buyerLimits.lower(tx, of.event.id, booking.userId, 1);
    await of.deps.buyerLimits.raise(tx, of.event.id, { person: holderId, by: 1, max: null });
  });
};

test('a buyer sees what comes back ticket by ticket, and gets exactly that, by the policy under which was bought', async () => {
  await using of = await world();
  const sold = await sell(of, seats(of, 3));
  expect(sold.booking.refundPolicy).toEqual(refundPolicy);
  // Stricter for those who buy from now on.
  await of.setEvent({ refundPolicy: { ...refundPolicy, steps: [] } });
  const { byPolicy } = await quote(of, sold);
  expect(byPolicy).toMatchObject({
    total: { amount: 7_500, currency: 'EUR' },
    byHand: false,
    validUntil: new Date(sold.booking.event.startsAt.at.getTime() - 48 * HOUR_MS),
  });
  expect(byPolicy.tickets.map(({ percent, returned }) => [percent, returned])).toEqual(
    Array(3).fill([50, 2_500]),
  );
  const { booking, refund } = await cancelBooking(of.deps, await agreedNow(of, sold));
  expect(booking.status).toBe('cancelled');
  expect(refund).toMatchObject({ amount: { amount: 7_500 }, reason: 'buyer', status: 'requested' });
  await runJobs(of);
  expect([...of.gateway.refunds.values()].map(({ amount }) => amount.amount)).toEqual([7_500]);
  expect((await of.audit()).findings).toEqual([]);
});

test('an event of which tickets were sold stays sold when all of them are given up: it is not unpublished or deleted from under its history', async () => {
  await using of = await world();
  const { hasAnyBooked } = mongoSalesRecord(of.mongo.db);
  expect(await hasAnyBooked(of.event.id)).toBe(false);
  const sold = await sell(of, seats(of, 1));
  await cancelBooking(of.deps, await agreedNow(of, sold));
  expect(await of.deps.claims.hasAnyBooked(of.event.id)).toBe(false);
  expect(await hasAnyBooked(of.event.id)).toBe(true);
});

test('single tickets can be given up one after the other, and with the last one the booking is cancelled', async () => {
  await using of = await world(8 * DAY_MS);
  const sold = await sell(of, seats(of, 2));
  for (const [n, { id }] of sold.tickets.entries()) {
    const { booking, refund } = await cancelBooking(of.deps, await agreedNow(of, sold, [id]));
    expect(booking.status).toBe(n === 0 ? 'confirmed' : 'cancelled');
    expect(refund?.amount.amount).toBe(5_000);
  }
  await runJobs(of);
  expect((await of.audit()).findings).toEqual([]);
});

test('when what comes back has changed since the quote nothing is done, and the new amount is told', async () => {
  await using of = await world();
  const sold = await sell(of, seats(of, 2));
  const agreed = await agreedNow(of, sold);
  of.clock.forward(DAY_MS + HOUR_MS);
  await expect(cancelBooking(of.deps, agreed)).rejects.toMatchObject({
    code: 'cancellation.quote_changed',
    details: { total: 0, currency: 'EUR', validUntil: null },
  });
  expect(await soldAs(of, sold.booking.id)).toEqual(sold);
  const { refund } = await cancelBooking(of.deps, await agreedNow(of, sold));
  expect(refund).toBeNull();
  expect((await of.audit()).findings).toEqual([]);
});

test('a cancellation asked for again because its answer was lost is done once, and told as it stands', async () => {
  await using of = await world();
  const sold = await sell(of, seats(of, 3));
  const [first, second] = sold.tickets;
  const command = await agreedNow(of, sold, first === undefined ? [] : [first.id]);
  const unitOfWork: SaleDeps['unitOfWork'] = {
    run: async (work) => {
      await of.deps.unitOfWork.run(work);
      throw new DomainError('deadline.passed', { retryAfterMs: 500 });
    },
  };
  await expect(cancelBooking({ ...of.deps, unitOfWork }, command)).rejects.toMatchObject({
    code: 'deadline.passed',
  });
  const again = await Promise.all([1, 2, 3].map(() => cancelBooking(of.deps, command)));
  for (const { booking, refund } of again)
    expect([booking.cancellations?.length, refund?.id]).toEqual([1, command.refundId]);
  await runJobs(of);
  expect(of.gateway.refunds.size).toBe(1);
  expect((await soldAs(of, sold.booking.id)).payment.refundReserved).toBe(2_500);
  // The same id for something else is refused: here a refund of another booking.
  const other = await sell(of, [of.inventory.seat(4)]);
  await expect(
    cancelBooking(of.deps, { ...(await agreedNow(of, other)), refundId: command.refundId }),
  ).rejects.toMatchObject({ code: 'refund.id_in_use' });
  expect(second?.status).toBe('valid');
  expect((await of.audit()).findings).toEqual([]);
});

test('after a transfer only the holder gives the ticket up, and the money goes to who paid', async () => {
  await using of = await world();
  const sold = await sell(of, seats(of, 2));
  const holder = newId('usr');
  await passOn(of, sold, 1, holder);
  const passed = sold.booking.lines[1]?.ticketId ?? newId('tkt');
  await expect(quote(of, sold, [passed])).rejects.toMatchObject({ code: 'tickets.not_valid' });
  await expect(
    giveUpTicket(of.deps, { userId: sold.booking.userId, ticketId: passed, refundId: newId('rfd') }),
  ).rejects.toMatchObject({ code: 'thing.not_found' });
  // The buyer's whole is what the buyer still holds.
  await cancelBooking(of.deps, await agreedNow(of, sold));
  expect((await soldAs(of, sold.booking.id)).booking.status).toBe('confirmed');
  const command = { userId: holder, ticketId: passed, refundId: newId('rfd') };
  expect(await giveUpTicket(of.deps, command)).toMatchObject({ id: passed, status: 'void' });
  expect(await giveUpTicket(of.deps, command)).toMatchObject({ id: passed, status: 'void' });
  await runJobs(of);
  const { booking, payment } = await soldAs(of, sold.booking.id);
  expect(booking).toMatchObject({ status: 'cancelled', cancellations: [{ by: 'buyer' }, { by: 'holder' }] });
  expect(payment.refundReserved).toBe(5_000);
  const { findings, counts } = await of.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(0);
  // The buyer of both, the holder of what was theirs.
  const told = await of.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': /tickets_cancelled/ })
    .map(({ notice }) => [notice.kind, notice.by, notice.holderId, notice.refund?.amount.amount])
    .toArray();
  expect(told).toEqual([
    ['tickets_cancelled', 'buyer', undefined, 2_500],
    ['tickets_cancelled', 'holder', undefined, 2_500],
    ['held_tickets_cancelled', 'holder', holder, undefined],
  ]);
});

test('nobody gives up another’s tickets, nor their own by the way of holders', async () => {
  await using of = await world();
  const sold = await sell(of, seats(of, 1));
  const agreed = await agreedNow(of, sold);
  await expect(cancelBooking(of.deps, { ...agreed, userId: newId('usr') })).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  const [ticket] = sold.tickets;
  await expect(
    giveUpTicket(of.deps, {
      userId: sold.booking.userId,
      ticketId: ticket?.id ?? newId('tkt'),
      refundId: newId('rfd'),
    }),
  ).rejects.toMatchObject({ code: 'cancellation.needs_quote' });
});

test('tickets of an event that has begun stay, unless it is postponed; those of a cancelled one are refunded anyhow', async () => {
  await using of = await world(HOUR_MS);
  const sold = await sell(of, seats(of, 1));
  of.clock.forward(2 * HOUR_MS);
  await expect(quote(of, sold)).rejects.toMatchObject({ code: 'cancellation.too_late' });
  await of.setEvent({ status: 'cancelled' });
  await expect(quote(of, sold)).rejects.toMatchObject({ code: 'sale.closed' });
  await of.setEvent({ status: 'postponed' });
  expect((await quote(of, sold)).byPolicy.total.amount).toBe(0);
});

test('a start that was moved to an earlier time takes nothing from who bought before', async () => {
  await using of = await world(8 * DAY_MS);
  const sold = await sell(of, seats(of, 1));
  await of.setEvent({ startsAt: startingIn(DAY_MS) });
  expect((await quote(of, sold)).byPolicy.total.amount).toBe(5_000);
  await of.setEvent({ startsAt: startingIn(30 * DAY_MS) });
  of.clock.forward(10 * DAY_MS);
  expect((await quote(of, sold)).byPolicy.total.amount).toBe(5_000);
});

test('while a postponed event lets everybody go, who bought before gets all of the price back', async () => {
  await using of = await world();
  const sold = await sell(of, seats(of, 2));
  const at = new Date();
  const until = new Date(at.getTime() + DAY_MS);
  const from = startingIn(0);
  const latestStart = from.at;
  const by = newId('usr');
  const postponement = { at, by, reason: null, from, latestStart, fullRefundUntil: until };
  await of.setEvent({ postponement });
  expect((await quote(of, sold)).byPolicy).toMatchObject({ total: { amount: 10_000 }, validUntil: until });
  const { booking: later } = await sell(of, [of.inventory.seat(3)]);
  const party = { userId: later.userId };
  const { byPolicy } = await quoteCancellation(of.deps, { bookingId: later.id, party });
  expect(byPolicy.total.amount).toBe(2_500);
  // Whom the change has reached was told that everything comes back, also who bought in the moment in which it was made.
  const reached = { changeId: newId('chg') };
  await of.mongo.db.collection<{ _id: string }>('bookings').updateOne({ _id: later.id }, { $set: reached });
  const told = await quoteCancellation(of.deps, { bookingId: later.id, party });
  expect(told.byPolicy.total.amount).toBe(5_000);
  expect((await cancelBooking(of.deps, await agreedNow(of, sold))).refund?.amount.amount).toBe(10_000);
});

test('a free booking is cancelled without a refund', async () => {
  await using of = await world();
  const prices = Object.fromEntries(
    Object.keys(of.event.ticketTypes[0]?.prices ?? {}).map((key) => [key, 0]),
  );
  const free = of.event.ticketTypes.map((type) => ({ ...type, prices }));
  Object.assign(of.event, { ticketTypes: free });
  const { booking } = await checkout(of.deps, of.command(await of.hold(seats(of, 2))));
  await runJobs(of);
  const { userId } = booking;
  if (userId === null) throw new Error('nobody bought');
  const agreed = { amount: 0, currency: 'EUR' };
  const done = await cancelBooking(of.deps, {
    bookingId: booking.id,
    userId,
    refundId: newId('rfd'),
    agreed,
  });
  expect(done).toMatchObject({ booking: { status: 'cancelled' }, refund: null });
  await runJobs(of);
  expect((await of.audit()).findings).toEqual([]);
});

test('a pending booking is not cancelled ticket by ticket', async () => {
  await using of = await world();
  const { booking } = await checkout(of.deps, of.command(await of.hold(seats(of, 2))));
  await expect(
    quoteCancellation(of.deps, { bookingId: booking.id, party: { userId: booking.userId as UserId } }),
  ).rejects.toMatchObject({ code: 'booking.bad_move', details: { from: 'pending' } });
});

test('a cancellation and a refund of an organizer at once never send back more than was paid', async () => {
  await using of = await world(8 * DAY_MS);
  const sold = await sell(of, seats(of, 2));
  const { id: paymentId, organizationId } = sold.payment;
  const insist = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (!isDomainError(error, 'busy.try_again')) throw error;
      }
  };
  const command = await agreedNow(of, sold);
  const results = await Promise.allSettled([
    insist(() => cancelBooking(of.deps, command)),
    insist(() =>
      requestRefund(of.deps, { organizationId, refundId: newId('rfd'), paymentId, amount: 3_000 }),
    ),
  ]);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(1);
  // Whoever came second saw the first: the buyer a lower quote, the organizer that nothing is left.
  expect(['cancellation.quote_changed', 'refund.exceeds_captured']).toContain(refused[0]?.code);
  await runJobs(of);
  expect((await of.audit()).findings).toEqual([]);
});

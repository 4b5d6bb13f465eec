import type { Booking } from '@eventhorizon/core/bookings/booking';
import { type GiveUpTickets, giveUpTickets } from '@eventhorizon/core/flows/give-up-tickets';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { barrier } from '../mongo/testing/barrier.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { type Sold, sell, soldAs } from '../testing/sell.ts';

type Some = { readonly nth?: readonly number[]; readonly amount?: number | 'all' };

/** The n-th tickets of a booking given up by its buyer; all of them, for all of its money, unless said. */
const giveUp = (
  world: SaleWorld,
  bookingId: Booking['id'],
  { nth, amount = 'all' }: Some = {},
  deps: SaleDeps = world.deps,
) =>
  deps.unitOfWork.run(async (tx) => {
    const booking = await deps.bookings.find(bookingId, tx);
    if (booking === null) throw new Error('no booking');
    const all = nth === undefined ? [] : await deps.tickets.listOfBooking(bookingId, tx);
    const tickets: GiveUpTickets['tickets'] =
      nth === undefined ? 'all' : all.filter(({ id }) => nth.some((n) => booking.lines[n]?.ticketId === id));
    const refund = { amount, reason: 'buyer' } as const;
    return giveUpTickets(deps, tx, { id: newId('rfd'), booking, tickets, by: 'buyer', refund });
  });

const seats = (world: SaleWorld, from: number, count: number) =>
  Array.from({ length: count }, (_, n) => world.inventory.seat(from + n));

const letters = (world: SaleWorld) =>
  world.mongo.db.collection('notifications').find({ 'notice.kind': 'tickets_cancelled' }).toArray();

test('a booking that is given up has no tickets and no units any more, its money goes back, and its buyer is told once', async () => {
  await using world = await saleWorld({}, { seats: 4, places: 0 });
  const { booking } = await sell(world, seats(world, 0, 2));
  const given = await giveUp(world, booking.id);
  expect(given?.refund).toMatchObject({ amount: { amount: 10_000, currency: 'EUR' }, reason: 'buyer' });
  await runJobs(world);
  const after = await soldAs(world, booking.id);
  expect(after.booking).toMatchObject({
    status: 'cancelled',
    closeReason: 'buyer',
    revision: booking.revision + 1,
    lines: [{ cancelled: { returned: 5_000 } }, { cancelled: { returned: 5_000 } }],
  });
  expect(after.booking).toEqual(given?.booking);
  expect(after.tickets.map(({ status }) => status)).toEqual(['void', 'void']);
  expect(after.payment.refundReserved).toBe(10_000);
  expect([...world.gateway.refunds.values()].map(({ amount }) => amount.amount)).toEqual([10_000]);
  expect((await world.audit()).findings).toEqual([]);
  // Others can have the seats, and the buyer may buy as many again.
  await sell(world, seats(world, 0, 2), booking.userId);
  expect(await giveUp(world, booking.id)).toBeNull();
  expect(await letters(world)).toHaveLength(1);
  expect((await world.audit()).findings).toEqual([]);
});

test('giving one ticket up leaves the others as they were, at their prices', async () => {
  await using world = await saleWorld({}, { seats: 4, places: 0 });
  const { booking } = await sell(world, seats(world, 0, 3));
  await giveUp(world, booking.id, { nth: [1], amount: 2_500 });
  await runJobs(world);
  const { booking: after, tickets, payment } = await soldAs(world, booking.id);
  expect(after).toMatchObject({ status: 'confirmed', total: booking.total, endedAt: null });
  expect(after.lines.map(({ cancelled }) => cancelled?.returned)).toEqual([undefined, 2_500, undefined]);
  expect(tickets.filter(({ status }) => status === 'void').map(({ id }) => id)).toEqual([
    after.lines[1]?.ticketId,
  ]);
  expect(payment.refundReserved).toBe(2_500);
  expect((await world.audit()).findings).toEqual([]);
  await expect(giveUp(world, booking.id, { nth: [1] })).rejects.toMatchObject({ code: 'tickets.not_valid' });
});

test('money that stays by agreement is not taken for money without tickets, and more than agreed is', async () => {
  await using world = await saleWorld({}, { seats: 4, places: 0 });
  const { booking, payment } = await sell(world, seats(world, 0, 2));
  await giveUp(world, booking.id, { amount: 0 });
  expect((await world.audit()).findings).toEqual([]);
  await world.mongo.db
    .collection<{ _id: string }>('payments')
    .updateOne({ _id: payment.id }, { $inc: { captured: 1 } });
  expect((await world.audit()).findings).toMatchObject([{ kind: 'money_without_tickets' }]);
});

/** The last two tickets given up by two at once, both decided before either is written. */
const lastTwoAtOnce = async (world: SaleWorld, deps: SaleDeps): Promise<Sold> => {
  const { booking } = await sell(world, seats(world, 0, 2));
  const bothHaveRead = barrier(2);
  const meeting: SaleDeps = {
    ...deps,
    tickets: {
      ...deps.tickets,
      listOfBooking: async (...args) => {
        const tickets = await deps.tickets.listOfBooking(...args);
        await bothHaveRead();
        return tickets;
      },
    },
  };
  await Promise.all([0, 1].map((n) => giveUp(world, booking.id, { nth: [n], amount: 5_000 }, meeting)));
  await runJobs(world);
  return soldAs(world, booking.id);
};

test('of two cancellations of the last two tickets at once, the later one sees that nothing is left', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  const { booking, tickets, payment } = await lastTwoAtOnce(world, world.deps);
  expect(booking.status).toBe('cancelled');
  expect(tickets.map(({ status }) => status)).toEqual(['void', 'void']);
  expect(payment.refundReserved).toBe(10_000);
  expect((await world.audit()).findings).toEqual([]);
  expect((await letters(world)).map(({ notice }) => notice.whole).toSorted()).toEqual([false, true]);
});

test('twin: without the compare-and-set on the booking it stays confirmed, with lines of which nobody has a ticket', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  /** Writes its own line only, outside the transaction, as if nobody else changed the booking. */
  const bookings: SaleDeps['bookings'] = {
    ...world.deps.bookings,
    markTicketsCancelled: async (_tx, { id }, lines) => {
      for (const [n, { cancelled }] of lines.entries())
        if (cancelled !== undefined)
          await world.mongo.db
            .collection<{ _id: string }>('bookings')
            .updateOne({ _id: id }, { $set: { [`lines.${n}.cancelled`]: cancelled } });
      return true;
    },
  };
  // Without the limit, which both lower, and the payment, which both raise: there they would meet as well.
  const { buyerLimits, payments } = world.deps;
  const { booking } = await lastTwoAtOnce(world, {
    ...world.deps,
    bookings,
    buyerLimits: { ...buyerLimits, lower: async () => undefined },
    payments: { ...payments, reserveRefund: async () => true },
  });
  expect(booking.status).toBe('confirmed');
  expect(booking.lines.every(({ cancelled }) => cancelled !== undefined)).toBe(true);
});

/** Dies after each call of a cancellation, the commit among them; returns what was found each time. */
const dyingEverywhere = async (world: SaleWorld, deps: SaleDeps): Promise<Sold[]> => {
  const found: Sold[] = [];
  for (let at = 1; ; at += 1) {
    const { booking } = await sell(world, seats(world, 2 * found.length, 2));
    const mortal = crashAt(deps, { at, when: 'after' });
    await giveUp(world, booking.id, {}, mortal.deps).catch((error: unknown) => {
      if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
    });
    if (!mortal.crashed()) return found;
    found.push(await soldAs(world, booking.id));
  }
};

test('a cancellation killed after any of its calls is done as a whole or not at all', async () => {
  await using world = await saleWorld({}, { seats: 40, places: 0 });
  const found = await dyingEverywhere(world, world.deps);
  expect(found.length).toBeGreaterThan(10);
  for (const { booking, tickets, payment } of found) {
    const done = booking.status === 'cancelled';
    expect(tickets.map(({ status }) => status === 'void')).toEqual([done, done]);
    expect(payment.refundReserved).toBe(done ? 10_000 : 0);
  }
  await runJobs(world);
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: written piece by piece, a killed cancellation leaves tickets and money that disagree', async () => {
  await using world = await saleWorld({}, { seats: 40, places: 0 });
  await dyingEverywhere(world, { ...world.deps, unitOfWork: noTransaction });
  expect((await world.audit()).findings).not.toEqual([]);
});

import { CHECKOUT_OVER_MS } from '@eventhorizon/core/events/changes/next-round';
import { cancelEvent } from '@eventhorizon/core/flows/cancel-event';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { money } from '@eventhorizon/core/shared/money';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { mongoEvents } from '../mongo/events.ts';
import { type EventChangeWorld, eventChangeWorld } from '../testing/event-change-world.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell } from '../testing/sell.ts';
import { waitlistWorld } from '../testing/waitlist-world.ts';

const seatOf = (world: EventChangeWorld, seat: number) => [world.inventory.seat(seat)];

const clean = async (world: EventChangeWorld) => {
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  return counts;
};

test('cancelling an event ends every booking, sends everything back, and tells everybody once what comes back', async () => {
  await using world = await eventChangeWorld();
  const sold = [await sell(world, seatOf(world, 0)), await sell(world, seatOf(world, 1))];
  const unpaid = await world.pending(2);
  expect(await world.cancel()).toMatchObject({ kind: 'cancelled', counts: { found: 0 }, finishedAt: null });
  expect(await world.carriedOut()).toMatchObject({
    counts: { found: 3, ended: 3, refunded: 2, notified: 3, failed: 0 },
    finishedAt: expect.any(Date),
    money: [{ total: money(10_000, 'EUR'), sent: money(10_000, 'EUR'), failed: money(0, 'EUR') }],
  });
  for (const { booking } of sold)
    expect(await world.lettersOf(booking.id)).toEqual([
      'booking_confirmed',
      'event_cancelled',
      'refund_sent',
    ]);
  expect(await world.lettersOf(unpaid.id)).toEqual(['event_cancelled']);
  expect(await clean(world)).toMatchObject({ claims: 0, validTickets: 0, bookings: { cancelled: 3 } });
});

test('a cancelled event cannot be cancelled again, nor by accident, nor by somebody else', async () => {
  await using world = await eventChangeWorld();
  const deps = { ...world.deps, events: mongoEvents(world.mongo.db) };
  const { id: eventId, organizationId, title } = world.event;
  const command = { eventId, organizationId, title, reason: 'ill', by: newId('usr') };
  await expect(cancelEvent(deps, { ...command, title: 'Another' })).rejects.toMatchObject({
    code: 'event.not_named',
  });
  await expect(cancelEvent(deps, { ...command, organizationId: newId('org') })).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  await world.cancel();
  await expect(cancelEvent(deps, command)).rejects.toMatchObject({ code: 'event.bad_move' });
});

/** A checkout that has read the event, and commits when it is let. */
const slowCheckout = async (world: EventChangeWorld, seat: number) => {
  const hold = await world.hold(seatOf(world, seat));
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let read = (): void => undefined;
  const hasRead = new Promise<void>((resolve) => {
    read = resolve;
  });
  const slow: SaleDeps = {
    ...world.deps,
    saleEvents: {
      ...world.deps.saleEvents,
      find: async (id, tx) => {
        const found = await world.deps.saleEvents.find(id, tx);
        read();
        await gate;
        return found;
      },
    },
  };
  const bought = checkout(slow, world.command(hold));
  await hasRead;
  return {
    commits: async () => {
      letGo();
      return (await bought).booking;
    },
  };
};

test('a checkout that read the event before it was cancelled, and commits after the first round, is found by the next', async () => {
  await using world = await eventChangeWorld();
  const late = await slowCheckout(world, 0);
  await world.cancel();
  await runJobs(world, { only: ['event.sweep'], rounds: 1 });
  expect(await world.change()).toMatchObject({ finishedAt: null, place: { idleRounds: 1 } });
  const booking = await late.commits();
  const progress = await world.carriedOut();
  expect(progress).toMatchObject({ counts: { found: 1, ended: 1, notified: 1 } });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
  expect((await clean(world)).claims).toBe(0);
});

test('twin: with one round only, the checkout that read the event before it was cancelled is left with its claims', async () => {
  await using world = await eventChangeWorld();
  const hasty: SaleDeps = {
    ...world.deps,
    changes: {
      ...world.deps.changes,
      nextRound: (from) => world.deps.changes.markFinished(from, world.clock.now()),
    },
  };
  const late = await slowCheckout(world, 0);
  await world.cancel();
  await world.carriedOut(hasty);
  const booking = await late.commits();
  world.clock.forward(3 * CHECKOUT_OVER_MS);
  await runJobs(world, { only: ['event.sweep'], deps: hasty });
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'pending' });
  expect((await world.audit()).counts.claims).toBe(1);
});

test('a buyer who pays while the event is being cancelled gets it all back and no ticket', async () => {
  await using world = await eventChangeWorld();
  const booking = await world.pending(0);
  const [intentId = ''] = world.gateway.intents.keys();
  world.gateway.process(intentId);
  await world.cancel();
  await world.carriedOut();
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'closing' });
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'cancelled' });
  expect(await world.progress()).toMatchObject({ money: [{ sent: booking.total }] });
  expect(await world.lettersOf(booking.id)).toEqual([
    'event_cancelled',
    'late_payment_refunded',
    'refund_sent',
  ]);
  expect(await clean(world)).toMatchObject({ claims: 0, validTickets: 0, openIncidents: 0 });
});

test('money that was not what the booking costs goes back with the event, and nobody has to decide about it any more', async () => {
  await using world = await eventChangeWorld();
  const booking = await world.pending(0);
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId, 4_000)));
  await runJobs(world);
  expect(await world.deps.incidents.findOpen(booking.id)).toHaveLength(1);
  await world.cancel();
  expect(await world.carriedOut()).toMatchObject({
    counts: { refunded: 1 },
    money: [{ sent: money(4_000, 'EUR') }],
  });
  expect(await clean(world)).toMatchObject({ claims: 0, openIncidents: 0 });
});

test('money that a bank withholds is not refunded as well: it waits for a person', async () => {
  await using world = await eventChangeWorld();
  const { booking, payment } = await sell(world, seatOf(world, 0));
  await receiveWebhook(
    world.deps,
    world.gateway.delivery({
      id: 'du_1',
      intentId: payment.intentId,
      status: 'open',
      amount: booking.total,
      reason: 'fraudulent',
      answerBy: null,
    }),
  );
  await runJobs(world, { only: ['payment.process_webhook'] });
  await world.cancel();
  expect(await world.carriedOut()).toMatchObject({ counts: { ended: 1, refunded: 0 }, money: [] });
  const kinds = (await world.deps.incidents.findOpen(booking.id)).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['give_up_failed', 'payment_disputed']);
  expect((await clean(world)).validTickets).toBe(0);
});

test('a booking that cannot be ended holds up nobody, and is for a person', async () => {
  await using world = await eventChangeWorld();
  const [bad, good] = [await sell(world, seatOf(world, 0)), await sell(world, seatOf(world, 1))];
  // A restore lost the intent: nothing can be sent back by it.
  await world.mongo.db
    .collection<{ _id: string }>('payments')
    .updateOne({ _id: bad.payment.id }, { $set: { intentId: null } });
  await world.cancel();
  expect(await world.carriedOut()).toMatchObject({ counts: { ended: 1, failed: 1 } });
  expect(await world.deps.bookings.find(good.booking.id)).toMatchObject({ status: 'cancelled' });
  const [incident] = await world.deps.incidents.findOpen(bad.booking.id);
  expect(incident).toMatchObject({ kind: 'give_up_failed' });
});

test('more bookings than a page holds are reached page by page', async () => {
  await using world = await eventChangeWorld({ maxPerPerson: 100 }, { seats: 30, places: 0 });
  for (let seat = 0; seat < 25; seat += 1) await world.pending(seat);
  await world.cancel();
  await runJobs(world, { only: ['event.sweep'], rounds: 1 });
  expect(await world.change()).toMatchObject({ counts: { found: 20 }, place: { round: 1, touched: 20 } });
  expect(await world.carriedOut()).toMatchObject({ counts: { found: 25, notified: 25 } });
  expect((await clean(world)).claims).toBe(0);
});

test('whom a ticket was passed on to is told as well, and the money goes to who paid', async () => {
  await using world = await eventChangeWorld();
  const { booking, tickets } = await sell(world, [world.inventory.seat(0), world.inventory.seat(1)]);
  const holderId = newId('usr');
  await world.mongo.db
    .collection<{ _id: string }>('tickets')
    .updateOne({ _id: tickets[0]?.id ?? '' }, { $set: { holderId } });
  await world.postpone();
  expect(await world.carriedOut()).toMatchObject({ counts: { found: 1, notified: 2 } });
  await world.cancel();
  expect(await world.carriedOut()).toMatchObject({
    counts: { found: 1, notified: 2, refunded: 1 },
    money: [{ sent: booking.total }],
  });
  const told = await world.mongo.db
    .collection('notifications')
    .find({ 'notice.holderId': holderId })
    .toArray();
  expect(told.map(({ notice }) => [notice.kind, notice.comesBack ?? null])).toEqual([
    ['event_postponed', null],
    ['event_cancelled', null],
  ]);
});

test('who waits for units of a cancelled event is done waiting, and no unit of it goes to the waitlist', async () => {
  await using world = await waitlistWorld({}, { seats: 2 });
  const sold = await sell(world, [world.inventory.seat(0)]);
  await world.book(world.inventory.seat(1));
  const entry = await world.join();
  const events = mongoEvents(world.mongo.db);
  const { id: eventId, organizationId, title } = world.event;
  const layout = await world.inventory.layouts.get(eventId);
  const asStored = async () => ({ ...layout, event: (await events.find(eventId)) ?? layout.event });
  const deps: SaleDeps = { ...world.deps, layouts: { get: asStored, refresh: asStored } };
  await cancelEvent({ ...deps, events }, { eventId, organizationId, title, reason: 'ill', by: newId('usr') });
  await runJobs(world, { deps });
  world.clock.forward(CHECKOUT_OVER_MS);
  await runJobs(world, { deps });
  expect(await world.entry(entry.id)).toMatchObject({ status: 'cancelled', endReason: 'event_over' });
  expect(await world.deps.bookings.find(sold.booking.id)).toMatchObject({ status: 'cancelled' });
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(0);
});

/** The worker dies before or after each call it makes; another comes and goes on. */
const dyingEverywhere = async (world: EventChangeWorld, deps: SaleDeps): Promise<number> => {
  let deaths = 0;
  for (let at = 1; ; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const mortal = crashAt(deps, { at, when });
      await runJobs(world, { only: ['event.sweep'], rounds: 1, deps: mortal.deps }).catch(
        (error: unknown) => {
          if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
        },
      );
      if (!mortal.crashed()) return deaths;
      deaths += 1;
    }
  }
};

const fiveSold = async (world: EventChangeWorld) => {
  const sold = [];
  for (let seat = 0; seat < 4; seat += 1) sold.push((await sell(world, seatOf(world, seat))).booking);
  sold.push(await world.pending(4));
  return sold;
};

test('a worker killed before or after any of its calls leaves nobody untold, unpaid or paid twice', async () => {
  await using world = await eventChangeWorld();
  const bookings = await fiveSold(world);
  await world.cancel();
  expect(await dyingEverywhere(world, world.deps)).toBeGreaterThan(20);
  expect(await world.carriedOut()).toMatchObject({
    counts: { found: 5, ended: 5, refunded: 4, notified: 5, failed: 0 },
    money: [{ total: money(20_000, 'EUR'), sent: money(20_000, 'EUR') }],
  });
  expect(world.gateway.refunds.size).toBe(4);
  for (const { id } of bookings)
    expect((await world.lettersOf(id)).filter((kind) => kind === 'event_cancelled')).toHaveLength(1);
  expect(await clean(world)).toMatchObject({ claims: 0, validTickets: 0 });
});

test('twin: written piece by piece instead of in one transaction, a kill leaves a booking half ended', async () => {
  await using world = await eventChangeWorld();
  await fiveSold(world);
  await world.cancel();
  await dyingEverywhere(world, { ...world.deps, unitOfWork: noTransaction });
  await world.carriedOut();
  const { findings } = await world.audit();
  const { counts } = await world.progress();
  expect(findings.length + Math.abs(counts.found - 5) + Math.abs(counts.refunded - 4)).toBeGreaterThan(0);
});

test('two workers at once pay and tell nobody twice', async () => {
  await using world = await eventChangeWorld();
  const bookings = await fiveSold(world);
  await world.cancel();
  const work = () => runJobs(world, { only: ['event.sweep'], rounds: 2 }).catch(() => undefined);
  await Promise.all([work(), work(), work()]);
  expect(await world.carriedOut()).toMatchObject({ counts: { found: 5, refunded: 4, notified: 5 } });
  expect(world.gateway.refunds.size).toBe(4);
  for (const { id } of bookings)
    expect((await world.lettersOf(id)).filter((kind) => kind === 'event_cancelled')).toHaveLength(1);
  await clean(world);
});

test('twin: without the compare-and-set on the booking, two workers at once refund and count it twice', async () => {
  await using world = await eventChangeWorld();
  const { booking } = await sell(world, seatOf(world, 0));
  await world.cancel();
  const stale = await world.deps.bookings.find(booking.id);
  const blind: SaleDeps = {
    ...world.deps,
    bookings: {
      ...world.deps.bookings,
      listOfEvent: async (_eventId, after) => (after === null ? [{ id: booking.id }] : []),
      find: async () => stale,
      markTicketsCancelled: async () => true,
    },
    tickets: { ...world.deps.tickets, listOfBooking: async () => [] },
    payments: {
      ...world.deps.payments,
      find: async (id, tx) => {
        const found = await world.deps.payments.find(id, tx);
        return found === null ? null : { ...found, refundReserved: 0 };
      },
      reserveRefund: async () => true,
    },
  };
  await runJobs(world, { only: ['event.sweep'], rounds: 2, deps: blind });
  expect((await world.change()).counts.refunded).toBeGreaterThan(1);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('refunds_disagree');
});

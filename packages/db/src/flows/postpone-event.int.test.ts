import { fullRefundUntil } from '@eventhorizon/core/events/postponement';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { calendarOf } from '@eventhorizon/core/notifications/documents/calendar-of';
import { DAY_MS } from '@eventhorizon/core/shared/clock';
import { expect, test } from 'vitest';
import { type EventChangeWorld, eventChangeWorld } from '../testing/event-change-world.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell } from '../testing/sell.ts';

const seatOf = (world: EventChangeWorld, seat: number) => [world.inventory.seat(seat)];

test('postponing keeps tickets valid, pauses the sale, tells everybody once and opens a refund window', async () => {
  await using world = await eventChangeWorld();
  const { booking } = await sell(world, seatOf(world, 0));
  const waiting = await world.pending(1);
  await world.postpone(10);
  expect(await world.carriedOut()).toMatchObject({
    kind: 'postponed',
    counts: { found: 2, notified: 2, ended: 0, refunded: 0 },
    money: [],
  });
  for (const { id } of [booking, waiting])
    expect((await world.lettersOf(id)).filter((kind) => kind === 'event_postponed')).toHaveLength(1);
  const event = await world.storedEvent();
  expect(event.status).toBe('postponed');
  expect(fullRefundUntil(event, booking.createdAt)?.getTime()).toBe(
    (event.postponement?.at.getTime() ?? 0) + 10 * DAY_MS,
  );
  await world.tellRedis();
  await expect(world.hold(seatOf(world, 2))).rejects.toThrow('postponed');
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ validTickets: 1, bookings: { confirmed: 1 } });
});

test('who was paying when the event was postponed gets the tickets nevertheless', async () => {
  await using world = await eventChangeWorld();
  const hold = await world.hold(seatOf(world, 0));
  const { booking } = await checkout(world.deps, world.command(hold));
  await world.postpone();
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await world.carriedOut();
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.lettersOf(booking.id)).sort()).toEqual(['booking_confirmed', 'event_postponed']);
});

test('who was ending when the event was postponed, and gets tickets after all, hears of it with them', async () => {
  await using world = await eventChangeWorld();
  const { booking } = await checkout(world.deps, world.command(await world.hold(seatOf(world, 0))));
  const [intentId = ''] = world.gateway.intents.keys();
  world.gateway.process(intentId);
  await cancelPendingBooking(world.deps, { userId: booking.userId, bookingId: booking.id });
  await world.postpone();
  await world.carriedOut();
  expect(await world.lettersOf(booking.id)).toEqual([]);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.lettersOf(booking.id)).sort()).toEqual(['booking_confirmed', 'event_postponed']);
});

test('a new date puts the event on sale again and replaces the entry in everybody’s calendar', async () => {
  await using world = await eventChangeWorld();
  const { booking } = await sell(world, seatOf(world, 0));
  const icsOf = (booked: typeof booking) => calendarOf(booked, { endsAt: null });
  const lineOf = (ics: string, name: string) =>
    ics
      .slice(ics.indexOf('BEGIN:VEVENT'))
      .split('\r\n')
      .find((line) => line.startsWith(name));
  const sequence = (ics: string) => Number(lineOf(ics, 'SEQUENCE')?.slice('SEQUENCE:'.length));
  const before = icsOf(booking);
  await world.postpone();
  await world.carriedOut();
  await world.moveBy(40);
  expect(await world.carriedOut()).toMatchObject({ kind: 'moved', counts: { found: 1, notified: 1 } });
  const moved = await world.deps.bookings.find(booking.id);
  if (moved === null) throw new Error('no booking');
  expect(moved.event.startsAt.at).toEqual((await world.storedEvent()).startsAt.at);
  const after = icsOf({ ...booking, ...moved, userId: booking.userId });
  expect(lineOf(after, 'UID')).toBe(lineOf(before, 'UID'));
  expect(sequence(after)).toBeGreaterThan(sequence(before));
  expect(lineOf(after, 'DTSTART')).not.toBe(lineOf(before, 'DTSTART'));
  expect(await world.lettersOf(booking.id)).toEqual(['booking_confirmed', 'event_postponed', 'event_moved']);
  await world.tellRedis();
  await sell(world, seatOf(world, 1));
  expect((await world.audit()).findings).toEqual([]);
});

test('who buys after the new date was set is told nothing, and has it in the booking', async () => {
  await using world = await eventChangeWorld();
  await world.moveBy(7);
  await world.tellRedis();
  world.clock.forward(1_000);
  const { booking } = await sell(world, seatOf(world, 0));
  expect(booking.event.startsAt.at).toEqual((await world.storedEvent()).startsAt.at);
  expect(await world.carriedOut()).toMatchObject({ counts: { found: 0, notified: 0 } });
  expect(await world.lettersOf(booking.id)).toEqual(['booking_confirmed']);
  expect(fullRefundUntil(await world.storedEvent(), booking.createdAt)).toBeNull();
});

test('late money after the event was moved buys tickets for the new date', async () => {
  await using world = await eventChangeWorld();
  const booking = await world.pending(0);
  const [intentId = ''] = world.gateway.intents.keys();
  world.gateway.process(intentId);
  await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  await world.moveBy(7);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await world.carriedOut();
  const rebooked = await world.deps.bookings.find(booking.id);
  expect(rebooked).toMatchObject({ status: 'confirmed', lateMoney: 'same_units' });
  expect(rebooked?.event.startsAt.at).toEqual((await world.storedEvent()).startsAt.at);
});

test('a postponed event that takes place as it was planned is told so to those who had heard otherwise', async () => {
  await using world = await eventChangeWorld();
  const { booking } = await sell(world, seatOf(world, 0));
  await world.postpone();
  await world.carriedOut();
  await world.moveBy(0);
  await world.carriedOut();
  expect(await world.lettersOf(booking.id)).toEqual(['booking_confirmed', 'event_postponed', 'event_moved']);
});

test('a later change ends the telling of the one before: nobody hears of a date that does not count any more', async () => {
  await using world = await eventChangeWorld();
  const { booking } = await sell(world, seatOf(world, 0));
  await world.moveBy(7);
  const first = await world.change();
  await world.moveBy(14);
  await world.carriedOut();
  expect(await world.deps.changes.find(first.id)).toMatchObject({
    finishedAt: expect.any(Date),
    counts: { notified: 0 },
  });
  expect(await world.lettersOf(booking.id)).toEqual(['booking_confirmed', 'event_moved']);
  await world.cancel();
  await world.carriedOut();
  expect((await world.lettersOf(booking.id)).at(-2)).toBe('event_cancelled');
});

test('twin: without taking down whom a change has reached, every round tells everybody again', async () => {
  await using world = await eventChangeWorld();
  await sell(world, seatOf(world, 0));
  await world.postpone();
  const forgetful: SaleDeps = {
    ...world.deps,
    bookings: { ...world.deps.bookings, markChanged: async () => true },
  };
  await runJobs(world, { only: ['event.sweep'], rounds: 3, deps: forgetful });
  expect((await world.change()).counts.notified).toBeGreaterThan(1);
});

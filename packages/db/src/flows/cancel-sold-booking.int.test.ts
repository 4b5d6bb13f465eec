import {
  type CancelSoldBooking,
  cancelSoldBooking,
  cancelSoldBookingInput,
} from '@eventhorizon/core/flows/cancel-sold-booking';
import { payBackByHand } from '@eventhorizon/core/flows/pay-back-by-hand';
import { quoteCancellation } from '@eventhorizon/core/flows/quote-cancellation';
import { sellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import type { Selection } from '@eventhorizon/core/holds/place-hold-input';
import type { Role } from '@eventhorizon/core/organizations/capabilities';
import { DAY_MS } from '@eventhorizon/core/shared/clock';
import type { BookingId } from '@eventhorizon/core/shared/ids';
import { expect, test } from 'vitest';
import { type BoxOfficeWorld, boxOfficeWorld } from '../testing/box-office-world.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell, soldAs } from '../testing/sell.ts';

const refundPolicy = { steps: [{ untilMs: DAY_MS, percent: 50 }], feesReturned: false, exceptions: [] };
const shape = { seats: 6, places: 0 };

const twoSeats: Selection = {
  kind: 'best',
  priceCategory: 'A',
  quantity: 2,
  upTo: false,
  accessible: false,
  split: true,
};
const two = (world: BoxOfficeWorld) => sell(world, [world.inventory.seat(0), world.inventory.seat(1)]);

type Said = Partial<Omit<CancelSoldBooking, 'bookingId' | 'organizationId'>> & { readonly role?: Role };

const cancel = (world: BoxOfficeWorld, bookingId: BookingId, { role = 'manager', ...said }: Said) =>
  cancelSoldBooking(world.organizer, {
    ...cancelSoldBookingInput.parse({
      organizationId: world.event.organizationId,
      bookingId,
      refundId: newId('rfd'),
      reason: 'asked on the phone',
      money: { kind: 'nothing' },
      ...said,
    }),
    access: world.access(role),
  });

const quote = (world: BoxOfficeWorld, bookingId: BookingId) =>
  quoteCancellation(world.deps, { bookingId, party: { organizationId: world.event.organizationId } });

const letters = (world: BoxOfficeWorld) =>
  world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'tickets_cancelled' })
    .map(({ notice }) => notice)
    .toArray();

test.each(['policy', 'full'] as const)('an organizer cancels %s, for what was quoted', async (kind) => {
  await using world = await boxOfficeWorld({ refundPolicy }, shape);
  const { booking } = await two(world);
  const { byPolicy, inFull } = await quote(world, booking.id);
  expect([byPolicy.total.amount, inFull.total.amount]).toEqual([5_000, 10_000]);
  const agreed = (kind === 'full' ? inFull : byPolicy).total;
  await expect(
    cancel(world, booking.id, { money: { kind, agreed: { ...agreed, amount: agreed.amount - 1 } } }),
  ).rejects.toMatchObject({ code: 'cancellation.quote_changed' });
  const { refund } = await cancel(world, booking.id, { money: { kind, agreed } });
  expect(refund).toMatchObject({ amount: agreed, reason: 'organizer', note: 'asked on the phone' });
  await runJobs(world);
  expect((await world.audit()).findings).toEqual([]);
});

test('an organizer sends any amount up to what is refundable back, for some of the tickets, and says why', async () => {
  await using world = await boxOfficeWorld({ refundPolicy }, shape);
  const { booking, tickets } = await two(world);
  const ticketIds = tickets.slice(0, 1).map(({ id }) => id);
  await expect(
    cancel(world, booking.id, { ticketIds, money: { kind: 'amount', amount: 10_001 } }),
  ).rejects.toMatchObject({ code: 'refund.exceeds_captured', details: { refundable: 10_000 } });
  const { booking: after } = await cancel(world, booking.id, {
    ticketIds,
    money: { kind: 'amount', amount: 1_234 },
    message: ' We are sorry. ',
  });
  expect(after).toMatchObject({
    status: 'confirmed',
    cancellations: [
      { by: 'organizer', returned: 1_234, decided: { reason: 'asked on the phone', by: expect.any(String) } },
    ],
  });
  expect(await letters(world)).toMatchObject([
    { by: 'organizer', message: 'We are sorry.', refund: { amount: { amount: 1_234 }, byHand: false } },
  ]);
  await runJobs(world);
  expect((await world.audit()).findings).toEqual([]);
});

test('an organizer cancels without money, after the event has begun as well, and once however often it is asked', async () => {
  await using world = await boxOfficeWorld({ refundPolicy }, shape);
  const { booking } = await two(world);
  world.clock.forward(400 * DAY_MS);
  const refundId = newId('rfd');
  for (const _time of [1, 2])
    expect(await cancel(world, booking.id, { refundId })).toMatchObject({
      booking: { status: 'cancelled', closeReason: 'organizer' },
      refund: null,
    });
  await expect(cancel(world, booking.id, {})).rejects.toMatchObject({ code: 'booking.bad_move' });
  expect(await letters(world)).toHaveLength(1);
  expect((await world.audit()).findings).toEqual([]);
});

test('who may not send money back cancels without it only, and another organization not at all', async () => {
  await using world = await boxOfficeWorld({ refundPolicy }, shape);
  const { booking } = await two(world);
  await expect(
    cancel(world, booking.id, { role: 'seller', money: { kind: 'amount', amount: 1 } }),
  ).rejects.toMatchObject({ code: 'capability.missing' });
  const foreign = { ...world.access('owner'), organizationId: newId('org') };
  const command = cancelSoldBookingInput.parse({
    organizationId: foreign.organizationId,
    bookingId: booking.id,
    refundId: newId('rfd'),
    reason: 'mine',
    money: { kind: 'nothing' },
  });
  await expect(cancelSoldBooking(world.organizer, { ...command, access: foreign })).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  expect((await soldAs(world, booking.id)).booking.status).toBe('confirmed');
});

test('what was sold for cash is given back by hand: the refund waits for a person, the units do not', async () => {
  await using world = await boxOfficeWorld({ refundPolicy }, shape);
  const hold = await world.holdFor(twoSeats);
  const { id } = await sellAtBoxOffice(world.organizer, world.sale(hold));
  const { inFull } = await quote(world, id);
  expect(inFull.byHand).toBe(true);
  const { refund, booking } = await cancel(world, id, { money: { kind: 'full', agreed: inFull.total } });
  expect(booking.refundPolicy).toEqual(refundPolicy);
  await runJobs(world);
  expect((await world.audit()).counts.claims).toBe(0);
  expect(await world.deps.incidents.findOpen(id)).toMatchObject([{ kind: 'refund_by_hand' }]);
  const paidBack = {
    organizationId: world.event.organizationId,
    refundId: refund?.id ?? newId('rfd'),
    note: null,
  };
  expect(await payBackByHand(world.organizer, { ...paidBack, access: world.access() })).toMatchObject({
    status: 'settled',
  });
  expect(await world.deps.incidents.findOpen(id)).toEqual([]);
  expect(await letters(world)).toMatchObject([{ refund: { byHand: true } }]);
  expect((await world.audit()).findings).toEqual([]);
});

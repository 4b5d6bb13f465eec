import type { Booking } from '@eventhorizon/core/bookings/booking';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import { resolveIncident } from '@eventhorizon/core/flows/resolve-incident';
import { STUCK_AFTER_MS } from '@eventhorizon/core/flows/stuck-payment';
import type { DisputeStatus } from '@eventhorizon/core/payments/dispute';
import { INCIDENT_KINDS, type IncidentKind } from '@eventhorizon/core/payments/incident';
import { listIncidents } from '@eventhorizon/core/payments/list-incidents';
import { NEXT_STEPS } from '@eventhorizon/core/payments/next-step';
import { money } from '@eventhorizon/core/shared/money';
import { expect, test } from 'vitest';
import { type EventChangeWorld, eventChangeWorld } from '../testing/event-change-world.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell } from '../testing/sell.ts';

const lastIntent = (world: EventChangeWorld) => [...world.gateway.intents.keys()].at(-1) ?? '';
const arrives = async (
  world: EventChangeWorld,
  ...about: Parameters<EventChangeWorld['gateway']['delivery']>
) => {
  await receiveWebhook(world.deps, world.gateway.delivery(...about));
  await runJobs(world);
};
const soldSeat = (world: EventChangeWorld) => sell(world, [world.inventory.seat(0)]);
const refunded = async (
  world: EventChangeWorld,
  { booking, payment }: Awaited<ReturnType<typeof soldSeat>>,
) => {
  await requestRefund(world.deps, {
    organizationId: booking.organizationId,
    refundId: newId('rfd'),
    paymentId: payment.id,
    amount: 1_000,
    reason: 'kindness',
  });
  await runJobs(world);
  return booking;
};
const disputed = async (world: EventChangeWorld, ...statuses: DisputeStatus[]) => {
  const { booking, payment } = await soldSeat(world);
  const about = { intentId: payment.intentId, amount: booking.total, reason: 'fraudulent', answerBy: null };
  for (const status of statuses) {
    world.clock.forward(1_000);
    await arrives(world, { id: 'du_1', status, ...about });
  }
  return booking;
};

/** How each comes about, from the outside. */
const stories: Record<IncidentKind, (world: EventChangeWorld) => Promise<Booking>> = {
  payment_mismatch: async (world) => {
    const booking = await world.pending(0);
    await arrives(world, world.gateway.pay(lastIntent(world), 4_000));
    return booking;
  },
  money_unexpected: async (world) => {
    const { booking } = await soldSeat(world);
    const paid = world.gateway.intents.get(lastIntent(world));
    if (paid === undefined) throw new Error('no intent');
    await arrives(world, { ...paid, id: 'pi_other' });
    return booking;
  },
  refund_failed: async (world) => {
    world.gateway.fate('refund', 'rejected');
    return refunded(world, await soldSeat(world));
  },
  refund_foreign: async (world) => {
    const { booking, payment } = await soldSeat(world);
    const amount = money(9_999, 'EUR');
    const about = { intentId: payment.intentId, refundId: null, failureReason: null };
    await arrives(world, { id: 're_by_hand', status: 'succeeded', amount, ...about });
    return booking;
  },
  intent_rejected: async (world) => {
    for (let attempt = 0; attempt < 10; attempt += 1) world.gateway.fate('createIntent', 'rejected');
    const booking = await world.pending(0).catch(() => null);
    await runJobs(world, { only: ['payment.prepare'] });
    const [stored] = await world.mongo.db.collection<{ _id: Booking['id'] }>('bookings').find().toArray();
    const found = booking ?? (stored === undefined ? null : await world.deps.bookings.find(stored._id));
    if (found === null) throw new Error('no booking');
    return found;
  },
  refund_by_hand: async (world) => {
    const sold = await soldSeat(world);
    await world.mongo.db
      .collection<{ _id: string }>('payments')
      .updateOne(
        { _id: sold.payment.id },
        { $set: { intentId: null, offline: { method: 'cash', takenBy: newId('usr') } } },
      );
    return refunded(world, sold);
  },
  late_money: async (world) => {
    const booking = await world.pending(0);
    world.gateway.process(lastIntent(world));
    await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
    await arrives(world, world.gateway.pay(lastIntent(world)));
    return booking;
  },
  payment_stuck: async (world) => {
    const booking = await world.pending(0);
    world.gateway.process(lastIntent(world));
    if (booking.userId === null) throw new Error('nobody bought it');
    await cancelPendingBooking(world.deps, { userId: booking.userId, bookingId: booking.id });
    await runJobs(world, { only: ['booking.close'], rounds: 1 });
    expect(await world.deps.incidents.findOpen(booking.id)).toEqual([]);
    world.clock.forward(STUCK_AFTER_MS);
    await runJobs(world, { only: ['booking.close'], rounds: 2 });
    return booking;
  },
  payment_disputed: (world) => disputed(world, 'open'),
  dispute_lost: (world) => disputed(world, 'open', 'lost'),
  give_up_failed: async (world) => {
    const booking = await disputed(world, 'open', 'lost');
    await world.cancel();
    await world.carriedOut();
    return booking;
  },
};

const DECISIONS = { decide: 'refund', pay_back: 'paid_back', acknowledge: undefined } as const;

test.each(INCIDENT_KINDS)(
  '%s stands in the list once, with what to do next, and is closed so',
  async (kind) => {
    await using world = await eventChangeWorld();
    const booking = await stories[kind](world);
    const { organizationId, eventId } = booking;
    const listed = async (state: 'open' | 'resolved') =>
      (await listIncidents(world.deps, { organizationId, state, kind, eventId, limit: 5 })).items;
    const [incident, ...more] = await listed('open');
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind, bookingId: booking.id, next: NEXT_STEPS[kind] });
    const decision = DECISIONS[NEXT_STEPS[kind].action];
    const userId = newId('usr');
    const close = {
      organizationId,
      incidentId: incident?.id ?? newId('inc'),
      note: 'Seen to.',
      access: { organizationId, userId, role: 'manager' },
    } as const;
    if (decision !== undefined)
      await expect(resolveIncident(world.deps, close)).rejects.toMatchObject({ code: /^incident\.needs_/ });
    await resolveIncident(world.deps, { ...close, decision });
    expect(await listed('open')).toEqual([]);
    expect(await listed('resolved')).toMatchObject([{ id: incident?.id, resolvedBy: userId }]);
  },
);

test('what settles itself is closed by itself: a bank that decides, a dispute that ends', async () => {
  await using world = await eventChangeWorld();
  const booking = await stories.payment_stuck(world);
  await arrives(world, world.gateway.pay(lastIntent(world)));
  expect(await world.deps.incidents.findOpen(booking.id)).toEqual([]);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
});

test('the list goes page by page, newest first, and shows no other organization’s', async () => {
  await using world = await eventChangeWorld();
  const { organizationId, id: eventId } = world.event;
  for (let seat = 0; seat < 3; seat += 1) {
    await world.pending(seat);
    await arrives(world, world.gateway.pay(lastIntent(world), 4_000));
  }
  const query = { organizationId, state: 'open', limit: 2 } as const;
  const first = await listIncidents(world.deps, query);
  const second = await listIncidents(world.deps, { ...query, cursor: first.nextCursor ?? '' });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect(new Set(ids).size).toBe(3);
  expect(second.nextCursor).toBeNull();
  const others = await listIncidents(world.deps, { ...query, organizationId: newId('org'), eventId });
  expect(others.items).toEqual([]);
});

import type { BookingStatus } from '@eventhorizon/core/bookings/booking';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { giveUpTickets } from '@eventhorizon/core/flows/give-up-tickets';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { Intent } from '@eventhorizon/core/payments/ports';
import { quoteFor } from '@eventhorizon/core/pricing/quote';
import type { BookingId } from '@eventhorizon/core/shared/ids';
import { seatsPick } from '../redis/testing/inventory-fixture.ts';
import { newId } from './new-id.ts';
import { runJobs } from './run-jobs.ts';
import { type Memory, pick, refundsAt, type Step, settle } from './sale-model.ts';
import type { SaleWorld } from './sale-world.ts';

/** More than the time to pay. */
const LATER_MS = 20 * 60_000;
const REFUND_NEWS = ['pending', 'succeeded', 'failed', 'cancelled'] as const;

const unitsFrom = ({ inventory }: SaleWorld, n: number, m: number) => {
  const all = [...[0, 1, 2, 3].map(inventory.seat), ...[1, 2].map(inventory.place)];
  return [...new Set(Array.from({ length: 1 + (m % 3) }, (_, i) => all[(n + i) % all.length]))].filter(
    (unit) => unit !== undefined,
  );
};

const bookingAt = async (
  world: SaleWorld,
  memory: Memory,
  n: number,
  ...statuses: readonly BookingStatus[]
) => {
  const bookings = await Promise.all(memory.bookings.map((id) => world.deps.bookings.find(id)));
  return pick(
    bookings.filter((booking) => booking !== null).filter(({ status }) => statuses.includes(status)),
    n,
  );
};

const intentAt = ({ gateway }: SaleWorld, n: number, ...statuses: readonly Intent['status'][]) =>
  pick(
    [...gateway.intents.values()].filter(({ status }) => statuses.includes(status)),
    n,
  );

/** It is stored now, or comes only later, or never: `webhook` delivers anything again. */
const tell = async (
  world: SaleWorld,
  memory: Memory,
  about: Parameters<typeof world.gateway.delivery>[0],
  now: boolean,
) => {
  const delivery = world.gateway.delivery(about);
  memory.deliveries.push(delivery);
  if (now) await receiveWebhook(world.deps, delivery);
};

const remember = (memory: Memory, id: BookingId): void => {
  if (!memory.bookings.includes(id)) memory.bookings.push(id);
};

/** The way of most buyers. */
const buy: Step = async (world, memory, n, m) => {
  const hold = await place(world, memory, n, m);
  if (hold === null) return;
  const { booking } = await checkout(world.deps, world.command(hold));
  remember(memory, booking.id);
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  if (intent !== undefined) await tell(world, memory, world.gateway.pay(intent.id), true);
  await runJobs(world, { only: ['booking.finalize'] });
};

const place = async (world: SaleWorld, memory: Memory, n: number, m: number) => {
  const owner = pick(memory.people, m) ?? newId('usr');
  const units = unitsFrom(world, n, m);
  const categories = new Set(units.map((unit) => world.inventory.layout.poolOf(unit).priceCategory));
  const quote = quoteFor(world.event, categories);
  const placed = await world.inventory.holds.place(
    world.inventory.request([seatsPick(units)], { owner, quote }),
  );
  if (placed.outcome !== 'held') return null;
  memory.holds.push(placed.hold);
  return placed.hold;
};

export const oftenSteps = { hold: 3, buy: 5, checkOut: 4, pay: 4, workerRuns: 3, cancelTickets: 2 };

export const saleSteps: Readonly<Record<string, Step>> = {
  buy,
  hold: place,
  extend: async ({ inventory: { holds }, event }, memory, n) => {
    const hold = pick(memory.holds, n);
    if (hold !== undefined) await holds.extend(event.id, hold.id, hold.owner, 600_000);
  },
  release: async ({ inventory: { holds }, event }, memory, n) => {
    const hold = pick(memory.holds, n);
    if (hold !== undefined) await holds.release(event.id, hold.id, hold.owner);
  },
  checkOut: async (world, memory, n, m) => {
    // The latest mostly: what was held long ago is bought or gone.
    const hold = m < 4 ? memory.holds.at(-1) : pick(memory.holds, n);
    if (hold === undefined) return;
    if (m === 5) world.gateway.fate('createIntent', 'lost');
    const { booking } = await checkout(world.deps, world.command(hold));
    remember(memory, booking.id);
  },
  pay: async (world, memory, n, m) => {
    const intent = intentAt(world, n, 'open', 'processing');
    if (intent !== undefined)
      await tell(world, memory, world.gateway.pay(intent.id, m === 5 ? 1 : undefined), m % 2 === 0);
  },
  bankDecides: async (world, memory, n, m) => {
    const intent = intentAt(world, n, 'open', 'processing');
    if (intent === undefined) return;
    const moved = m % 2 === 0 ? world.gateway.process(intent.id) : world.gateway.decline(intent.id);
    await tell(world, memory, moved, m < 4);
  },
  webhookAgain: async (world, memory, n) => {
    const delivery = pick(memory.deliveries, n);
    if (delivery !== undefined) await receiveWebhook(world.deps, delivery);
  },
  cancelUnpaid: async (world, memory, n) => {
    const booking = await bookingAt(world, memory, n, 'pending');
    if (booking?.userId)
      await cancelPendingBooking(world.deps, { userId: booking.userId, bookingId: booking.id });
  },
  forceRelease: async (world, memory, n) => {
    const booking = await bookingAt(world, memory, n, 'pending', 'closing');
    if (booking !== undefined) {
      const { organizationId, id: bookingId } = booking;
      await forceRelease(world.deps, { organizationId, bookingId });
    }
  },
  cancelTickets: async (world, memory, n, m) => {
    const id = (await bookingAt(world, memory, n, 'confirmed'))?.id;
    if (id === undefined) return;
    await world.deps.unitOfWork.run(async (tx) => {
      const booking = await world.deps.bookings.find(id, tx);
      if (booking === null) return;
      const valid = (await world.deps.tickets.listOfBooking(id, tx)).filter(
        ({ status }) => status === 'valid',
      );
      const refund = { amount: m % 2 === 0 ? ('all' as const) : 1_000 * m, reason: 'buyer' as const };
      const tickets = m < 3 ? ('all' as const) : valid.slice(0, 1);
      await giveUpTickets(world.deps, tx, { id: newId('rfd'), booking, tickets, by: 'buyer', refund });
    });
  },
  refund: async (world, memory, n, m) => {
    const booking = await bookingAt(world, memory, n, 'confirmed', 'cancelled');
    if (booking === undefined || booking.paymentId === null) return;
    const { organizationId, paymentId } = booking;
    const command = { organizationId, paymentId, refundId: newId('rfd'), amount: 1_000 * (m + 1) };
    await requestRefund(world.deps, command);
  },
  refundNews: async (world, memory, n, m) => {
    const refund = pick(refundsAt(world), n);
    const status = pick(REFUND_NEWS, m);
    if (refund !== undefined && status !== undefined)
      await tell(world, memory, world.gateway.moveRefund(refund.id, status), m % 2 === 0);
  },
  slowBank: async ({ gateway }, _memory, n) => gateway.slowRefunds(n % 2 === 0),
  timePasses: async ({ clock }) => clock.forward(LATER_MS),
  flushRedis: async (world, _memory, n) => {
    await world.inventory.redis.flushall();
    if (n % 2 === 0) await world.rebuild();
  },
  /** A worker that gets no further than the first round. */
  workerDies: async (world) => void (await runJobs(world, { rounds: 1 })),
  workerRuns: async (world) => settle(world),
};

import type { Booking } from '@eventhorizon/core/bookings/booking';
import type { EventChange } from '@eventhorizon/core/events/changes/event-change';
import { CHECKOUT_OVER_MS } from '@eventhorizon/core/events/changes/next-round';
import type { Event } from '@eventhorizon/core/events/event';
import { cancelEvent } from '@eventhorizon/core/flows/cancel-event';
import type { ChangeProgress } from '@eventhorizon/core/flows/change-progress';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { getChangeProgress } from '@eventhorizon/core/flows/get-change-progress';
import { postponeEvent } from '@eventhorizon/core/flows/postpone-event';
import { rescheduleEvent } from '@eventhorizon/core/flows/reschedule-event';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { DAY_MS, HOUR_MS } from '@eventhorizon/core/shared/clock';
import { wallTimeAt } from '@eventhorizon/core/shared/wall-time';
import { mongoEvents } from '../mongo/events.ts';
import type { LuaSources } from '../redis/lua-sources.ts';
import { newId } from './new-id.ts';
import { runJobs } from './run-jobs.ts';
import { type SaleWorld, saleWorld } from './sale-world.ts';

export type EventChangeWorld = SaleWorld & {
  readonly cancel: () => Promise<ChangeProgress>;
  readonly postpone: (refundDays?: number) => Promise<ChangeProgress>;
  /** To so many days later than it was planned first. */
  readonly moveBy: (days: number) => Promise<ChangeProgress>;
  /** An unpaid booking of one seat. */
  readonly pending: (seat: number) => Promise<Booking>;
  /** The worker, until the change has reached everybody; passes the time that it rests. */
  readonly carriedOut: (deps?: SaleDeps) => Promise<ChangeProgress>;
  readonly progress: () => Promise<ChangeProgress>;
  readonly change: () => Promise<EventChange>;
  /** Kinds of letters about each booking, in the order in which they were written. */
  readonly lettersOf: (bookingId: Booking['id']) => Promise<string[]>;
  readonly storedEvent: () => Promise<Event>;
  /** Redis hears of the event as it stands. (Remembered layouts do not: they are as old as they may be.) */
  readonly tellRedis: () => Promise<void>;
};

/** A sale whose event is cancelled, postponed or moved. */
export const eventChangeWorld = async (
  change: Partial<Event> = {},
  shape: Parameters<typeof saleWorld>[1] = {},
  sources?: LuaSources,
): Promise<EventChangeWorld> => {
  const world = await saleWorld(change, shape, sources);
  const events = mongoEvents(world.mongo.db);
  const { id: eventId, organizationId, title } = world.event;
  const deps = { ...world.deps, events };
  const command = { organizationId, eventId, by: newId('usr'), refundDays: 14, reason: 'The singer is ill.' };
  const progress = () => getChangeProgress(world.deps, { organizationId, eventId });
  const stored = async (): Promise<Event> => {
    const found = await events.find(eventId);
    if (found === null) throw new Error('there is no event');
    return found;
  };
  const changeNow = async (): Promise<EventChange> => {
    const found = await world.deps.changes.findLatest(eventId);
    if (found === null) throw new Error('the event was not changed');
    return found;
  };
  return {
    ...world,
    cancel: () => cancelEvent(deps, { ...command, title }),
    postpone: (refundDays = 14) => postponeEvent(deps, { ...command, refundDays }),
    moveBy: (days) => {
      const { startsAt } = world.event;
      const on = (hours: number) =>
        wallTimeAt(new Date(startsAt.at.getTime() + days * DAY_MS + hours * HOUR_MS), startsAt.zone);
      return rescheduleEvent(deps, {
        ...command,
        startsAt: on(0),
        endsAt: on(3),
        doorsAt: null,
      });
    },
    pending: async (seat) =>
      (await checkout(world.deps, world.command(await world.hold([world.inventory.seat(seat)])))).booking,
    carriedOut: async (running = world.deps) => {
      for (let rests = 0; rests < 6; rests += 1) {
        await runJobs(world, { only: ['event.sweep'], deps: running });
        if ((await changeNow()).finishedAt !== null) break;
        world.clock.forward(CHECKOUT_OVER_MS);
      }
      await runJobs(world, { deps: running });
      return progress();
    },
    progress,
    change: changeNow,
    lettersOf: async (bookingId) =>
      (
        await world.mongo.db
          .collection('notifications')
          .find({ 'notice.bookingId': bookingId, channel: 'email' })
          .sort({ _id: 1 })
          .toArray()
      ).map(({ notice }) => notice.kind),
    storedEvent: stored,
    tellRedis: async () => {
      const { status } = await stored();
      await world.inventory.mirror.setGate({ ...world.inventory.gate, status });
    },
  };
};

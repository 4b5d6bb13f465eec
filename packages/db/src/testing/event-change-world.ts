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
      const on = (local: string): string => {
        const at = new Date(`${local.slice(0, 16)}:00Z`);
        at.setUTCDate(at.getUTCDate() + days);
        return at.toISOString().slice(0, 16);
      };
      const { startsAt, endsAt } = world.event;
      return rescheduleEvent(deps, {
        ...command,
        startsAt: { local: on(startsAt.local), zone: startsAt.zone },
        endsAt: { local: on(endsAt.local), zone: endsAt.zone },
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
    storedEvent: async () => {
      const found = await events.find(eventId);
      if (found === null) throw new Error('there is no event');
      return found;
    },
  };
};

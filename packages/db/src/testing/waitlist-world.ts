import type { Booking } from '@eventhorizon/core/bookings/booking';
import type { Event } from '@eventhorizon/core/events/event';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import type { UserId } from '@eventhorizon/core/shared/ids';
import type { Wish } from '@eventhorizon/core/waitlist/entry';
import type { EntryView } from '@eventhorizon/core/waitlist/entry-view';
import { type JoinWaitlistDeps, joinWaitlist } from '@eventhorizon/core/waitlist/join-waitlist';
import { createAvailabilityCache } from '../redis/availability-cache.ts';
import type { LuaSources } from '../redis/lua-sources.ts';
import { newId } from './new-id.ts';
import { runJobs } from './run-jobs.ts';
import { type SaleWorld, saleWorld } from './sale-world.ts';

/** Who waits, and for what; a seat of category A for a new person when nothing is said. */
export type Waiting = {
  readonly userId?: UserId;
  readonly wish?: Partial<Wish>;
  readonly quantity?: number;
  readonly partWelcome?: boolean;
};

export type WaitlistWorld = SaleWorld & {
  readonly joinDeps: JoinWaitlistDeps;
  readonly join: (waiting?: Waiting) => Promise<EntryView & { readonly userId: UserId }>;
  /** A booking of these units, waiting to be paid. */
  readonly book: (...units: readonly Unit[]) => Promise<Booking & { readonly userId: UserId }>;
  /** The buyer gives it up, and the worker ends it. */
  readonly giveUp: (booking: Booking & { readonly userId: UserId }) => Promise<void>;
};

/** The jobs by which units come back, and nothing that offers them. */
const RELEASING = ['booking.close', 'inventory.follow_claims'] as const;

/** A sale with a waitlist, everything real but the payment provider. */
export const waitlistWorld = async (
  change: Partial<Event> = {},
  shape: { readonly seats?: number; readonly places?: number } = {},
  sources?: LuaSources,
): Promise<WaitlistWorld> => {
  const world = await saleWorld(change, { places: 0, ...shape }, sources);
  const { deps, inventory, event } = world;
  const joinDeps: JoinWaitlistDeps = {
    ...deps,
    mirror: inventory.mirror,
    availability: createAvailabilityCache({
      reader: inventory.reader,
      layouts: inventory.layouts,
      clock: deps.clock,
    }),
  };
  return {
    ...world,
    joinDeps,
    join: async ({ userId = newId('usr'), wish, quantity = 1, partWelcome = false } = {}) => {
      const view = await joinWaitlist(joinDeps, {
        eventId: event.id,
        entryId: newId('wle'),
        wish: { priceCategory: wish === undefined ? 'A' : null, areaId: null, ticketTypeId: null, ...wish },
        quantity,
        partWelcome,
        buyer: { name: 'Grace', email: 'grace@example.org', phone: null, statistics: null },
        userId,
      } as Parameters<typeof joinWaitlist>[1]);
      return { ...view, userId };
    },
    book: async (...units) => (await checkout(deps, world.command(await world.hold(units)))).booking,
    giveUp: async ({ id: bookingId, userId }) => {
      await cancelPendingBooking(deps, { bookingId, userId });
      await runJobs(world, { only: RELEASING });
    },
  };
};

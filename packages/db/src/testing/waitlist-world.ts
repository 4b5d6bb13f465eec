import type { Booking } from '@eventhorizon/core/bookings/booking';
import type { Event } from '@eventhorizon/core/events/event';
import { acceptOffer } from '@eventhorizon/core/flows/accept-offer';
import {
  type BookedOrQueued,
  type BookOrQueueCommand,
  type BookOrQueueDeps,
  bookOrQueue,
} from '@eventhorizon/core/flows/book-or-queue';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { type PromoteWaitlistDeps, promoteWaitlist } from '@eventhorizon/core/flows/promote-waitlist';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { EventId, HoldId, UserId, WaitlistEntryId } from '@eventhorizon/core/shared/ids';
import { draftEntry } from '@eventhorizon/core/waitlist/draft-entry';
import type { WaitlistEntry } from '@eventhorizon/core/waitlist/entry';
import type { EntryView } from '@eventhorizon/core/waitlist/entry-view';
import { type JoinWaitlistDeps, joinWaitlist } from '@eventhorizon/core/waitlist/join-waitlist';
import type { Offer } from '@eventhorizon/core/waitlist/offer';
import type { JoinWaitlistInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { createAvailabilityCache } from '../redis/availability-cache.ts';
import type { LuaSources } from '../redis/lua-sources.ts';
import { newId } from './new-id.ts';
import { runJobs } from './run-jobs.ts';
import { type SaleWorld, saleWorld } from './sale-world.ts';

/** Who waits, and for what; a seat of category A for a new person when nothing is said. */
export type Waiting = {
  readonly userId?: UserId;
  readonly wish?: Partial<JoinWaitlistInput['wish']>;
  readonly quantity?: number;
  readonly partWelcome?: boolean;
  readonly holdId?: HoldId;
  readonly entryId?: WaitlistEntryId;
};

export type WaitlistWorld = SaleWorld & {
  readonly bookDeps: BookOrQueueDeps;
  /** As `join` does, for a call that books first. */
  readonly bookOrQueue: (waiting?: Waiting, deps?: BookOrQueueDeps) => Promise<BookedOrQueued>;
  readonly joinDeps: JoinWaitlistDeps;
  readonly join: (waiting?: Waiting) => Promise<EntryView & { readonly userId: UserId }>;
  /** So many more who wait, without asking whether they may; in their order. */
  readonly queue: (count: number) => Promise<WaitlistEntry[]>;
  /** A booking of these units, waiting to be paid. */
  readonly book: (...units: readonly Unit[]) => Promise<Booking & { readonly userId: UserId }>;
  /** The buyer gives it up, and the worker ends it; nothing is offered yet. */
  readonly giveUp: (booking: Booking & { readonly userId: UserId }, deps?: SaleDeps) => Promise<void>;
  readonly promoteDeps: PromoteWaitlistDeps;
  /** What workers do at once when units have come back. */
  readonly promote: (deps?: PromoteWaitlistDeps, workers?: number) => Promise<void>;
  readonly openOffers: () => Promise<Offer[]>;
  /** Accepts all of an offer as the first ticket type. */
  readonly accept: (offer: Offer, deps?: SaleDeps) => ReturnType<typeof acceptOffer>;
  /** The state of an entry, as its person sees it. */
  readonly entry: (id: WaitlistEntryId) => Promise<WaitlistEntry>;
  /** Free units of all pools, as strangers see them now. */
  readonly free: () => Promise<number>;
};

const SETTLING = ['inventory.follow_claims', 'inventory.settle_claims'] as const;
/** The jobs by which units come back, and nothing that offers them. */
const RELEASING = ['booking.close', ...SETTLING] as const;

const commandOf = (event: Event, waiting: Waiting): BookOrQueueCommand => {
  const { userId = newId('usr'), wish, quantity = 1, partWelcome = false } = waiting;
  const { holdId = newId('hld'), entryId = newId('wle') } = waiting;
  return {
    eventId: event.id,
    holdId,
    entryId,
    wish: { priceCategory: wish === undefined ? 'A' : null, areaId: null, ticketTypeId: null, ...wish },
    quantity,
    partWelcome,
    buyer: { name: 'Grace', email: 'grace@example.org', phone: null, statistics: null },
    userId,
  };
};

/** A worker comes again when another one has the turn. */
const promoteOnce = async (deps: PromoteWaitlistDeps, eventId: EventId): Promise<void> => {
  for (;;) {
    const refused = await promoteWaitlist(deps, { eventId }).catch((error: unknown) => error);
    if (refused === undefined) return;
    if (!isDomainError(refused, 'busy.try_again')) throw refused;
  }
};

/** A sale with a waitlist, everything real but the payment provider. */
export const waitlistWorld = async (
  change: Partial<Event> = {},
  shape: { readonly seats?: number; readonly places?: number } = {},
  sources?: LuaSources,
): Promise<WaitlistWorld> => {
  const world = await saleWorld(change, { places: 0, ...shape }, sources);
  return { ...world, ...withWaitlist(world) };
};

/** What people do who wait for tickets of this sale. */
export const withWaitlist = (world: SaleWorld): Omit<WaitlistWorld, keyof SaleWorld> => {
  const { deps, inventory, event } = world;
  const joinDeps: JoinWaitlistDeps = {
    ...deps,
    mirror: inventory.mirror,
    spentTurns: world.spentTurns,
    availability: createAvailabilityCache({
      reader: inventory.reader,
      layouts: inventory.layouts,
      clock: deps.clock,
    }),
  };
  const bookDeps: BookOrQueueDeps = {
    ...joinDeps,
    ...deps,
    mirror: inventory.mirror,
    holds: inventory.holds,
  };
  const promoteDeps: PromoteWaitlistDeps = { ...deps, holds: inventory.holds, reader: inventory.reader };
  return {
    joinDeps,
    join: async (waiting = {}) => {
      const command = commandOf(event, waiting);
      return { ...(await joinWaitlist(joinDeps, command)), userId: command.userId };
    },
    queue: async (count) => {
      const commands = Array.from({ length: count }, () => commandOf(event, {}));
      const entries = commands.map((command) =>
        draftEntry(event, inventory.layout, command, { now: deps.clock.now(), place: newId('wle') }),
      );
      entries.sort((a, b) => (a.place < b.place ? -1 : 1));
      await deps.unitOfWork.run(async (tx) => {
        for (const entry of entries) await deps.waitlistEntries.insert(tx, entry);
      });
      return entries;
    },
    bookDeps,
    bookOrQueue: (waiting = {}, using = bookDeps) => bookOrQueue(using, commandOf(event, waiting)),
    book: async (...units) => (await checkout(deps, world.command(await world.hold(units)))).booking,
    giveUp: async ({ id: bookingId, userId }, using = deps) => {
      await cancelPendingBooking(using, { bookingId, userId });
      await runJobs(world, { deps: using, only: RELEASING });
    },
    promoteDeps,
    promote: async (using = promoteDeps, workers = 1) => {
      await Promise.all(Array.from({ length: workers }, () => promoteOnce(using, event.id)));
      await runJobs(world, { only: SETTLING });
    },
    openOffers: () => deps.waitlistOffers.listOpen(event.id, 100),
    accept: ({ id: offerId, userId, units }, using = deps) =>
      acceptOffer(using, {
        offerId,
        userId,
        lines: units.map(({ unitId }) => ({
          unitId,
          ticketTypeId: event.ticketTypes[0]?.id ?? newId('tty'),
          attendeeName: null,
        })),
      }),
    entry: async (id) => {
      const found = await deps.waitlistEntries.find(id);
      if (found === null) throw new Error('no such entry');
      return found;
    },
    free: async () =>
      (await inventory.reader.read(event.id))?.counts.reduce((sum, { free }) => sum + free, 0) ?? 0,
  };
};

import type { Event } from '@eventhorizon/core/events/event';
import type { AuditReport } from '@eventhorizon/core/flows/audit-event';
import { auditEvent } from '@eventhorizon/core/flows/audit-event';
import type { BookHoldCommand } from '@eventhorizon/core/flows/book-hold';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { Hold } from '@eventhorizon/core/holds/hold';
import type { InventoryTruth, SpentTurns } from '@eventhorizon/core/inventory/ports';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import { quoteFor } from '@eventhorizon/core/pricing/quote';
import type { UserId } from '@eventhorizon/core/shared/ids';
import { type FakeGateway, fakeGateway } from '@eventhorizon/core/testing/fake-gateway';
import type { Venue } from '@eventhorizon/core/venues/venue';
import type { TestDatabase } from '@eventhorizon/devstack/test-database';
import { mongoAddressTurns } from '../mongo/address-turns.ts';
import { mongoBookingReferences, randomReferences } from '../mongo/booking-references.ts';
import { mongoBookings } from '../mongo/bookings.ts';
import { mongoBuyerLimits } from '../mongo/buyer-limits.ts';
import { mongoClaims } from '../mongo/claims.ts';
import { mongoDisputes } from '../mongo/disputes.ts';
import { mongoEventChanges } from '../mongo/event-changes.ts';
import { mongoEvents } from '../mongo/events.ts';
import { mongoIncidents } from '../mongo/incidents.ts';
import { mongoNotifications } from '../mongo/notifications.ts';
import { mongoOutbox } from '../mongo/outbox.ts';
import { mongoPayments } from '../mongo/payments.ts';
import { hashedPersonKeys } from '../mongo/person-keys.ts';
import { mongoRefunds } from '../mongo/refunds.ts';
import { mongoSaleEvents } from '../mongo/sale-events.ts';
import { mongoSpentTurns } from '../mongo/spent-turns.ts';
import { mongoTickets } from '../mongo/tickets.ts';
import { mongoTransfers } from '../mongo/transfers.ts';
import { mongoUnitOfWork } from '../mongo/unit-of-work.ts';
import { mongoUsers } from '../mongo/users.ts';
import { mongoWaitlistEntries } from '../mongo/waitlist-entries.ts';
import { mongoWaitlistOffers } from '../mongo/waitlist-offers.ts';
import { mongoWaitlists } from '../mongo/waitlists.ts';
import { mongoWebhookEvents } from '../mongo/webhook-events.ts';
import type { LuaSources } from '../redis/lua-sources.ts';
import { type Inventory, seatsPick, testInventory } from '../redis/testing/inventory-fixture.ts';
import { migratedDatabase } from './migrated-database.ts';
import { newId } from './new-id.ts';

export type SettableClock = { readonly now: () => Date; readonly forward: (ms: number) => void };

export type SaleWorld = AsyncDisposable & {
  readonly deps: SaleDeps;
  readonly spentTurns: SpentTurns;
  /** What the copy in Redis is built from. */
  readonly truth: InventoryTruth;
  readonly gateway: FakeGateway;
  readonly clock: SettableClock;
  readonly mongo: TestDatabase;
  readonly inventory: Inventory;
  readonly event: Event;
  readonly setEvent: (change: Partial<Event>) => Promise<void>;
  /** A hold of these units in Redis. */
  readonly hold: (units: readonly Unit[], owner?: UserId) => Promise<Hold>;
  /** What checks this hold out, as its owner. */
  readonly command: (hold: Hold) => BookHoldCommand;
  /** Builds Redis's copy from Mongo, as the worker does after it was lost. */
  readonly rebuild: () => Promise<void>;
  readonly audit: () => Promise<AuditReport>;
};

const settableClock = (): SettableClock => {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    forward: (ms) => {
      aheadMs += ms;
    },
  };
};

/** An event on sale with everything real but the payment provider: its own database, its own Redis. */
export const saleWorld = async (
  change: Partial<Event> = {},
  shape: { readonly seats?: number; readonly places?: number } = {},
  /** The Lua scripts, with a protection switched off for a twin. */
  sources?: LuaSources,
): Promise<SaleWorld> => {
  const mongo = await migratedDatabase();
  const inventory = await testInventory(shape, { change, ...(sources !== undefined && { sources }) });
  const { event } = inventory;
  await mongoEvents(mongo.db).insert(event);

  const clock = settableClock();
  const gateway = fakeGateway(clock.now);
  const ids = { next: newId };
  const { db, client } = mongo;
  const deps: SaleDeps = {
    unitOfWork: mongoUnitOfWork({ client, ring: () => undefined, deadlineMs: 10_000 }),
    outbox: mongoOutbox(db, ids),
    clock,
    ids,
    holds: inventory.holds,
    mirror: inventory.mirror,
    layouts: inventory.layouts,
    venues: { find: async () => venueOf(event) },
    saleEvents: mongoSaleEvents(db),
    bookings: mongoBookings(db),
    references: mongoBookingReferences(db),
    referenceSource: randomReferences,
    claims: mongoClaims(db),
    buyerLimits: mongoBuyerLimits(db),
    users: mongoUsers(db),
    addressTurns: mongoAddressTurns(db),
    personKeys: hashedPersonKeys,
    payments: mongoPayments(db),
    refunds: mongoRefunds(db),
    disputes: mongoDisputes(db),
    changes: mongoEventChanges(db),
    tickets: mongoTickets(db),
    transfers: mongoTransfers(db),
    webhooks: mongoWebhookEvents(db),
    incidents: mongoIncidents(db),
    waitlistEntries: mongoWaitlistEntries(db),
    waitlistOffers: mongoWaitlistOffers(db),
    waitlists: mongoWaitlists(db),
    notifications: mongoNotifications(db),
    gateway,
    rateLimit: { take: async () => true },
  };
  const spentTurns = mongoSpentTurns(db);
  const truth = {
    claims: () => deps.claims.streamOfEvent(event.id),
    turns: () => spentTurns.streamOfEvent(event.id),
  };
  return {
    deps,
    spentTurns,
    truth,
    gateway,
    clock,
    mongo,
    inventory,
    event,
    setEvent: async (set) => {
      await mongo.db.collection<{ _id: string }>('events').updateOne({ _id: event.id }, { $set: set });
    },
    hold: async (units, owner = newId('usr')) => {
      const categories = new Set(units.map((unit) => inventory.layout.poolOf(unit).priceCategory));
      const request = inventory.request([seatsPick(units)], { owner, quote: quoteFor(event, categories) });
      const placed = await inventory.holds.place(request);
      if (placed.outcome !== 'held') throw new Error(`not held: ${JSON.stringify(placed)}`);
      return placed.hold;
    },
    command: (hold) => ({
      eventId: hold.eventId,
      holdId: hold.id,
      userId: hold.owner as UserId,
      buyer: { name: 'Ada', email: 'ada@example.org', phone: null, statistics: null },
      lines: hold.units.map(({ unitId }) => ({
        unitId,
        ticketTypeId: event.ticketTypes[0]?.id ?? newId('tty'),
        attendeeName: null,
      })),
    }),
    rebuild: async () => {
      await inventory.mirror.rebuild(inventory.layout, inventory.gate, truth);
    },
    audit: () => auditEvent(deps, event.id),
    [Symbol.asyncDispose]: async () => {
      await inventory[Symbol.asyncDispose]();
      await mongo[Symbol.asyncDispose]();
    },
  };
};

const venueOf = (event: Event): Venue => ({
  id: event.venueId,
  organizationId: event.organizationId,
  name: 'Town Hall',
  address: 'Main Street 1',
  city: 'Berlin',
  country: 'DE',
  location: null,
  zone: 'Europe/Berlin',
  revision: 1,
  createdAt: event.createdAt,
  updatedAt: event.createdAt,
});

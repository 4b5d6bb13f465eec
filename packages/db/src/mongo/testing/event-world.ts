import { createEvent, createEventInput } from '@eventhorizon/core/events/create-event';
import type { Event } from '@eventhorizon/core/events/event';
import type { JobName } from '@eventhorizon/core/jobs';
import type { OrganizationId } from '@eventhorizon/core/shared/ids';
import { fakeClock } from '@eventhorizon/core/testing/fake-clock';
import { seatingPlan } from '@eventhorizon/core/testing/seating-plan';
import { createVenue } from '@eventhorizon/core/venues/create-venue';
import { importSeatMap } from '@eventhorizon/core/venues/import-seat-map';
import type { SeatMap } from '@eventhorizon/core/venues/seat-map';
import type { Venue } from '@eventhorizon/core/venues/venue';
import { migratedDatabase } from '../../testing/migrated-database.ts';
import { newId } from '../../testing/new-id.ts';
import { mongoClaims } from '../claims.ts';
import { mongoEvents } from '../events.ts';
import { mongoOutbox, outboxCollection } from '../outbox.ts';
import { mongoSalesRecord } from '../sales-record.ts';
import { mongoSeatMaps } from '../seat-maps.ts';
import { mongoUnitOfWork } from '../unit-of-work.ts';
import { mongoVenues } from '../venues.ts';

/**
 * A database with what the use cases of venues and events need, and short ways to a venue, a seat map and a draft. Redis is not part of it:
 * nothing an organizer does waits for it.
 */
export const eventWorld = async () => {
  const database = await migratedDatabase();
  const { db, client } = database;
  const ids = { next: newId };
  const claims = mongoClaims(db);
  const deps = {
    venues: mongoVenues(db),
    seatMaps: mongoSeatMaps(db),
    events: mongoEvents(db),
    claims,
    sales: mongoSalesRecord(db),
    mirror: { owners: async () => null },
    // Several test files share the machine: the bound of 2 s is for buyers, not for proofs.
    unitOfWork: mongoUnitOfWork({ client, ring: () => undefined, maxTries: 20, deadlineMs: 30_000 }),
    outbox: mongoOutbox(db, ids),
    clock: fakeClock(),
    ids,
  };
  const organizationId: OrganizationId = newId('org');

  const venue = (): Promise<Venue> =>
    createVenue(deps, {
      organizationId,
      name: 'Hall',
      address: 'Street 1',
      city: 'Berlin',
      country: 'DE',
      location: { latitude: 52.5, longitude: 13.4 },
      zone: 'Europe/Berlin',
    });
  const seatMap = (of: Venue, plan: object = seatingPlan()): Promise<SeatMap> =>
    importSeatMap(deps, { organizationId, venueId: of.id, format: 'plan', content: JSON.stringify(plan) });
  /** A publishable draft of 100 standing places (and seats, with a map), changed by `input`. */
  const draft = async (input: object = {}, map?: SeatMap): Promise<Event> =>
    createEvent(
      deps,
      createEventInput.parse({
        organizationId,
        title: 'A concert',
        startsAt: { local: '2026-09-01T20:00', zone: 'Europe/Berlin' },
        endsAt: { local: '2026-09-01T23:00', zone: 'Europe/Berlin' },
        venueId: map?.venueId ?? (await venue()).id,
        seatMapId: map?.id ?? null,
        priceCategories: [{ key: 'Standing' }, ...(map?.categories.map(({ name }) => ({ key: name })) ?? [])],
        areas: [{ name: 'Floor', capacity: 100, priceCategory: 'Standing' }],
        ticketTypes: [
          {
            name: 'Adult',
            prices: {
              Standing: 2_000,
              ...Object.fromEntries(map?.categories.map(({ name }) => [name, 3_000]) ?? []),
            },
          },
        ],
        currency: 'EUR',
        ...input,
      }),
    );
  const outboxRows = (job: JobName) =>
    db.collection(outboxCollection.name).find({ job }).sort({ dueAt: 1 }).toArray();

  return {
    db,
    client,
    deps,
    organizationId,
    venue,
    seatMap,
    draft,
    outboxRows,
    /** A unit sold, as a checkout's transaction would leave it. */
    sell: (event: Event, ...unitIds: string[]): Promise<void> =>
      deps.unitOfWork.run((tx) =>
        claims.insertAll(
          tx,
          unitIds.map((unitId) => ({
            eventId: event.id,
            unitId,
            owner: newId('bkg'),
            person: null,
            claimedAt: deps.clock.now(),
          })),
        ),
      ),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
};

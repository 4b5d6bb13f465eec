import { jobs } from '@eventhorizon/core/jobs';
import { followListing } from '@eventhorizon/core/listings/follow-listing';
import { followOrganizationListings } from '@eventhorizon/core/listings/follow-organization-listings';
import { followVenueListings } from '@eventhorizon/core/listings/follow-venue-listings';
import type { FreeUnits, ListingCache } from '@eventhorizon/core/listings/ports';
import { searchListingsInput } from '@eventhorizon/core/listings/search-input';
import { searchListings } from '@eventhorizon/core/listings/search-listings';
import { mongoLayoutSource } from '../layout-source.ts';
import { mongoListedEvents } from '../listed-events.ts';
import { mongoListings } from '../listings.ts';
import { mongoOrganizations } from '../organizations.ts';
import { mongoSalesFigures } from '../sales-figures.ts';
import { eventWorld } from './event-world.ts';
import { readThrough } from './listing-world.ts';

/** An organizer's world with listings that follow it, and a worker's hand to run their rows. No Redis: nothing is held. */
export const listedWorld = async () => {
  const world = await eventWorld();
  const { db, deps: organizer, organizationId } = world;
  const organizations = mongoOrganizations(db);
  await organizer.unitOfWork.run((tx) =>
    organizations.insert(tx, {
      id: organizationId,
      name: 'Aurora Stages',
      slug: null,
      description: '',
      contactEmail: null,
      createdBy: organizer.ids.next('usr'),
      createdAt: organizer.clock.now(),
    }),
  );
  let invalidations = 0;
  const listingCache: ListingCache = {
    ...readThrough,
    invalidate: async () => {
      invalidations += 1;
    },
  };
  const freeUnits: FreeUnits = { count: async () => new Map() };
  const deps = {
    ...organizer,
    organizations,
    layouts: mongoLayoutSource({ events: organizer.events, seatMaps: organizer.seatMaps }),
    listings: mongoListings(db),
    listedEvents: mongoListedEvents(db),
    figures: mongoSalesFigures(db),
    freeUnits,
    listingCache,
  };
  const search = (input: object) => searchListings(deps, searchListingsInput.parse(input));
  return {
    ...world,
    deps,
    search,
    titles: async () => (await search({})).items.map(({ title }) => title),
    invalidations: () => invalidations,
    /** What the worker does with the rows of listings. */
    runRows: async (): Promise<void> => {
      for (const { payload } of await world.outboxRows('listing.follow'))
        await followListing(deps, jobs['listing.follow'].payload.parse(payload));
      for (const { payload } of await world.outboxRows('listing.follow_venue'))
        await followVenueListings(deps, jobs['listing.follow_venue'].payload.parse(payload));
      for (const { payload } of await world.outboxRows('listing.follow_organization'))
        await followOrganizationListings(deps, jobs['listing.follow_organization'].payload.parse(payload));
      await db.collection('outbox').deleteMany({ job: /^listing/ });
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
};

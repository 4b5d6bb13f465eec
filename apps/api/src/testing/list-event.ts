import { followListing } from '@eventhorizon/core/listings/follow-listing';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { mongoEvents } from '@eventhorizon/db/mongo/events';
import { mongoListings } from '@eventhorizon/db/mongo/listings';
import { mongoOrganizations } from '@eventhorizon/db/mongo/organizations';
import { mongoSalesFigures } from '@eventhorizon/db/mongo/sales-figures';
import { mongoUnitOfWork } from '@eventhorizon/db/mongo/unit-of-work';
import { mongoVenues } from '@eventhorizon/db/mongo/venues';
import { connectForWork } from '@eventhorizon/db/redis/connect';
import { createListingCache } from '@eventhorizon/db/redis/listing-cache';
import type { TestApi } from './test-api.ts';

/** What the worker does after an event was changed: there is none beside a test's API. */
export const listEvent = async ({ deps, database, redis }: TestApi, eventId: string): Promise<void> => {
  const connection = connectForWork(redis.url);
  try {
    const listingCache = createListingCache({
      redis: connection,
      onError: (error) => {
        throw error;
      },
    });
    const { db, client } = database;
    await followListing(
      {
        ...deps,
        events: mongoEvents(db),
        venues: mongoVenues(db),
        organizations: mongoOrganizations(db),
        listings: mongoListings(db),
        figures: mongoSalesFigures(db),
        listingCache,
        unitOfWork: mongoUnitOfWork({ client, ring: () => undefined }),
      },
      { eventId: idSchema('evt').parse(eventId) },
    );
  } finally {
    connection.disconnect();
  }
};

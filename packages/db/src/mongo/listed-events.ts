import type { Event } from '@eventhorizon/core/events/event';
import type { ListedEvents } from '@eventhorizon/core/listings/ports';
import type { Venue } from '@eventhorizon/core/venues/venue';
import type { Db } from 'mongodb';
import { inBatches } from './in-batches.ts';
import { readIn } from './read-options.ts';

type EventDoc = Pick<
  Event,
  'status' | 'organizationId' | 'venueId' | 'revision' | 'startsAt' | 'salesEndAt'
> & {
  readonly _id: Event['id'];
};
type VenueDoc = Pick<Venue, 'revision'> & { readonly _id: Venue['id'] };

const BATCH = 500;
const status = 'published' as const;

/** The few fields of published events that keep the listing right: events carry long descriptions. */
export const mongoListedEvents = (db: Db): ListedEvents => {
  const events = db.collection<EventDoc>('events');
  const venues = db.collection<VenueDoc>('venues');
  return {
    idsAtVenue: async function* (venueId) {
      const docs = events.find({ venueId, status }, { projection: { _id: 1 }, ...readIn() });
      for await (const { _id } of docs) yield _id;
    },
    idsOfOrganization: async function* (organizationId) {
      const docs = events.find({ organizationId, status }, { projection: { _id: 1 }, ...readIn() });
      for await (const { _id } of docs) yield _id;
    },
    batches: async function* (from) {
      const docs = events.find(
        {
          $or: [
            { status, 'startsAt.at': { $gt: from } },
            { status, salesEndAt: { $gt: from } },
          ],
        },
        { projection: { venueId: 1, revision: 1 }, ...readIn() },
      );
      for await (const batch of inBatches(docs, BATCH)) {
        const ids = [...new Set(batch.map(({ venueId }) => venueId))];
        const found = venues.find({ _id: { $in: ids } }, { projection: { revision: 1 }, ...readIn() });
        const revisions = new Map((await found.toArray()).map(({ _id, revision }) => [_id, revision]));
        yield batch.flatMap(({ _id, venueId, revision }) => {
          const venueRevision = revisions.get(venueId);
          return venueRevision === undefined
            ? []
            : [{ eventId: _id, eventRevision: revision, venueRevision }];
        });
      }
    },
    published: async (eventIds) => {
      const docs = events.find(
        { _id: { $in: [...eventIds] }, status },
        { projection: { _id: 1 }, ...readIn() },
      );
      return new Set((await docs.toArray()).map(({ _id }) => _id));
    },
  };
};

import type { SaleEvent, SaleEventReader } from '@eventhorizon/core/bookings/ports';
import type { Db } from 'mongodb';
import { readIn } from './read-options.ts';

type SaleEventDoc = Omit<SaleEvent, 'id'> & { readonly _id: SaleEvent['id'] };

const fields = {
  organizationId: 1,
  status: 1,
  title: 1,
  startsAt: 1,
  salesStartAt: 1,
  salesEndAt: 1,
  venueId: 1,
  maxPerPerson: 1,
  postponement: 1,
  waitlist: 1,
  transfers: 1,
} as const;

/** The few fields of an event that a sale needs: events carry long descriptions. */
export const mongoSaleEvents = (db: Db): SaleEventReader => {
  const events = db.collection<SaleEventDoc>('events');
  return {
    find: async (eventId, tx) => {
      const doc = await events.findOne({ _id: eventId }, { projection: fields, ...readIn(tx) });
      if (doc === null) return null;
      const { _id, ...rest } = doc;
      return { id: _id, ...rest };
    },
    findMoments: async (eventIds, tx) => {
      const projection = { status: 1, startsAt: 1, salesEndAt: 1 };
      const docs = events.find({ _id: { $in: [...eventIds] } }, { projection, ...readIn(tx) });
      return new Map((await docs.toArray()).map(({ _id, ...moment }) => [_id, moment]));
    },
  };
};

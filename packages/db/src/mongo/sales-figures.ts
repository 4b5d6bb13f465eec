import type { SalesFigures } from '@eventhorizon/core/listings/ports';
import type { EventId } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { readIn } from './read-options.ts';

/** Counts over claims and tickets, each by an index alone. */
export const mongoSalesFigures = (db: Db): SalesFigures => ({
  unitsClaimed: (eventId) => db.collection('claims').countDocuments({ eventId }, readIn()),
  ticketsSold: async (since) => {
    const groups = db
      .collection('tickets')
      .aggregate<{ _id: EventId; sold: number }>(
        [
          { $match: { generation: 1, issuedAt: { $gte: since } } },
          { $group: { _id: '$eventId', sold: { $sum: 1 } } },
        ],
        readIn(),
      );
    return new Map((await groups.toArray()).map(({ _id, sold }) => [_id, sold]));
  },
});

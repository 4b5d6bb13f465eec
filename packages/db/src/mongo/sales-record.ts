import type { SalesRecord } from '@eventhorizon/core/events/ports';
import type { Db } from 'mongodb';
import { mongoClaims } from './claims.ts';
import { collectionOf } from './collection.ts';
import { paymentsCollection } from './payments.ts';
import { readIn } from './read-options.ts';

/**
 * Sold or being bought: a claim of a booking, or a payment that is neither captured nor cancelled, because a booking freed
 * by force has no claims while its bank decides.
 */
export const mongoSalesRecord = (db: Db): SalesRecord => {
  const claims = mongoClaims(db);
  const payments = collectionOf(db, paymentsCollection);
  return {
    hasAnyBooked: async (eventId) => {
      // Payments first: money that is settled between the two looks has its claims by the second one.
      const awaited = await payments.findOne(
        { eventId, status: { $in: ['created', 'processing'] } },
        { projection: { _id: 1 }, ...readIn() },
      );
      return awaited !== null || claims.hasAnyBooked(eventId);
    },
  };
};

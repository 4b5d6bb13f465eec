import type { SalesRecord } from '@eventhorizon/core/events/ports';
import type { Db } from 'mongodb';
import { mongoClaims } from './claims.ts';
import { collectionOf } from './collection.ts';
import { paymentsCollection } from './payments.ts';
import { readIn } from './read-options.ts';
import { ticketsCollection } from './tickets.ts';

/**
 * Sold or being bought: a claim of a booking, or a payment that is neither captured nor cancelled, because a booking freed
 * by force has no claims while its bank decides. A ticket that was ever issued counts as well, void or not: its sale stays in the
 * history, and so does its event.
 */
export const mongoSalesRecord = (db: Db): SalesRecord => {
  const claims = mongoClaims(db);
  const payments = collectionOf(db, paymentsCollection);
  const tickets = collectionOf(db, ticketsCollection);
  return {
    hasAnyBooked: async (eventId) => {
      // Payments first: money that is settled between the two looks has its claims by the second one.
      const awaited = await payments.findOne(
        { eventId, status: { $in: ['created', 'processing'] } },
        { projection: { _id: 1 }, ...readIn() },
      );
      if (awaited !== null || (await claims.hasAnyBooked(eventId))) return true;
      return (await tickets.findOne({ eventId }, { projection: { _id: 1 }, ...readIn() })) !== null;
    },
  };
};

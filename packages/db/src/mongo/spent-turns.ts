import type { SpentTurns } from '@eventhorizon/core/inventory/ports';
import type { Db } from 'mongodb';
import { bookingsCollection } from './bookings.ts';
import { collectionOf } from './collection.ts';
import { readIn } from './read-options.ts';

/** Read with majority concern, as claims are. Only an account's own booking has a turn. */
export const mongoSpentTurns = (db: Db): SpentTurns => {
  const bookings = collectionOf(db, bookingsCollection);
  return {
    streamOfEvent: async function* (eventId) {
      const spent = bookings.find(
        { eventId, turn: { $exists: true } },
        { projection: { turn: 1, userId: 1 }, ...readIn() },
      );
      for await (const { _id: owner, turn, userId } of spent)
        if (turn !== undefined && userId !== null) yield { number: turn, owner, person: userId };
    },
  };
};

import type { EventId } from '@eventhorizon/core/shared/ids';
import type { EntryStatus, Wish } from '@eventhorizon/core/waitlist/entry';
import type { EntryCounts } from '@eventhorizon/core/waitlist/ports';
import type { Collection } from 'mongodb';
import { readIn } from './read-options.ts';

const MOST_WISHES = 100;

type ByStatus = { readonly _id: EntryStatus; readonly entries: number };
type ByWish = { readonly _id: Wish; readonly entries: number; readonly tickets: number };

/** How an event's list is made up, by two walks of an index. */
export const countEntries = async (
  entries: Pick<Collection, 'aggregate'>,
  eventId: EventId,
): Promise<EntryCounts> => {
  const [byStatus, byWish] = await Promise.all([
    entries
      .aggregate<ByStatus>(
        [{ $match: { eventId } }, { $group: { _id: '$status', entries: { $sum: 1 } } }],
        readIn(),
      )
      .toArray(),
    entries
      .aggregate<ByWish>(
        [
          { $match: { eventId, status: 'waiting' } },
          { $group: { _id: '$wish', entries: { $sum: 1 }, tickets: { $sum: '$quantity' } } },
        ],
        readIn(),
      )
      .toArray(),
  ]);
  const none = { waiting: 0, offered: 0, converted: 0, lapsed: 0, cancelled: 0 };
  return {
    entries: { ...none, ...Object.fromEntries(byStatus.map(({ _id, entries: count }) => [_id, count])) },
    ticketsWanted: byWish.reduce((sum, { tickets }) => sum + tickets, 0),
    wishes: byWish
      .sort((a, b) => b.entries - a.entries || b.tickets - a.tickets)
      .slice(0, MOST_WISHES)
      .map(({ _id: wish, ...counts }) => ({ wish, ...counts })),
  };
};

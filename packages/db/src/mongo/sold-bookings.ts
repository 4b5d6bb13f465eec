import { BOOKING_STATUSES } from '@eventhorizon/core/bookings/booking';
import type { SoldFilter } from '@eventhorizon/core/bookings/ports';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { type AttendeeImportId, type EventId, idSchema } from '@eventhorizon/core/shared/ids';
import type { Page, PageRequest } from '@eventhorizon/core/shared/page';
import type { Collection, Filter, FindCursor, WithId } from 'mongodb';
import { z } from 'zod';
import type { BookingDoc } from './booking-doc.ts';
import { readIn } from './read-options.ts';

/** The highest code point: behind every word that begins so. */
const LAST = '\u{10ffff}';

const newestFirst = z.tuple([idSchema('bkg')]);
const inOrderOfList = z.tuple([z.int()]);

export const ofImport = (importId: AttendeeImportId): Filter<BookingDoc> => ({
  'sale.from.importId': importId,
});

/** In the order of the list. */
export const findOfImport = (
  bookings: Collection<BookingDoc>,
  importId: AttendeeImportId,
): FindCursor<WithId<BookingDoc>> =>
  bookings.find(ofImport(importId), readIn()).sort({ 'sale.from.line': 1 });

/** Values come out of a parsed search only, so no operator can slip in. */
const withKeys = ({ whole, begun }: NonNullable<SoldFilter['keys']>): Filter<BookingDoc> => ({
  $and: [
    ...(begun === null ? [] : [{ keys: { $elemMatch: { $gte: begun, $lt: begun + LAST } } }]),
    ...whole.map((key) => ({ keys: key })),
  ],
});

/**
 * A page of an event's bookings. Each filter has its index: an import is read in the order of its list (it has 5,000 lines at most, so what
 * else is asked for may be looked at line by line), keys narrow before the state does, and all states by name come merged in order.
 */
export const findSold = async (
  bookings: Collection<BookingDoc>,
  eventId: EventId,
  { status, importId, keys }: SoldFilter,
  { cursor, limit }: PageRequest,
): Promise<Page<WithId<BookingDoc>>> => {
  const wanted = {
    eventId,
    status: { $in: status === null ? [...BOOKING_STATUSES] : [status] },
    ...(keys !== null && withKeys(keys)),
  };
  if (importId !== null) {
    const [after] = cursor === undefined ? [null] : decodeCursor(cursor, inOrderOfList);
    const docs = await bookings
      .find({ ...wanted, ...ofImport(importId), ...(after !== null && { 'sale.from.line': { $gt: after } }) })
      .sort({ 'sale.from.line': 1 })
      .hint('by_import')
      .limit(limit + 1)
      .toArray();
    return pageOf(docs, limit, ({ sale }) => [sale?.from?.line ?? 0]);
  }
  const [before] = cursor === undefined ? [null] : decodeCursor(cursor, newestFirst);
  const docs = await bookings
    .find({ ...wanted, ...(before !== null && { _id: { $lt: before } }) })
    .sort({ _id: -1 })
    .hint(keys === null ? 'by_event_status' : 'by_key')
    .limit(limit + 1)
    .toArray();
  return pageOf(docs, limit, ({ _id }) => [_id]);
};

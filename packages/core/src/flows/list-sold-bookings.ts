import { z } from 'zod';
import { ownImport } from '../attendees/own-import.ts';
import type { AttendeeImportStore } from '../attendees/ports.ts';
import { BOOKING_STATUSES, type Booking } from '../bookings/booking.ts';
import type { BookingStore, ReferenceStore } from '../bookings/ports.ts';
import { soldSearchSchema } from '../bookings/sold-search.ts';
import { type SoldSummary, soldSummaryOf } from '../bookings/sold-summary.ts';
import { ownEvent } from '../inventory/own-event.ts';
import type { LayoutSource } from '../inventory/ports.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';

export const listSoldBookingsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  /** A reference, a whole e-mail address, or words of the buyer's name. */
  find: soldSearchSchema.nullable().default(null),
  status: z.enum(BOOKING_STATUSES).nullable().default(null),
  /** Only what this list of attendees was sold. */
  importId: idSchema('imp').nullable().default(null),
});
export type ListSoldBookings = z.output<typeof listSoldBookingsInput>;

export type ListSoldBookingsDeps = {
  readonly layouts: Pick<LayoutSource, 'get'>;
  readonly imports: Pick<AttendeeImportStore, 'find'>;
  readonly references: Pick<ReferenceStore, 'find'>;
  readonly bookings: Pick<BookingStore, 'find' | 'listSold'>;
};

/**
 * All bookings of an event that fit, whoever made them: the newest first, those of an import in the order of its list. Throws
 * `thing.not_found` for another organization's event or import, `cursor.invalid` for a cursor of another list.
 */
export const listSoldBookings = async (
  deps: ListSoldBookingsDeps,
  { organizationId, eventId, find, status, importId, ...page }: ListSoldBookings,
): Promise<Page<SoldSummary>> => {
  await ownEvent(deps.layouts, { organizationId, eventId });
  if (importId !== null) {
    const list = await ownImport(deps.imports, { organizationId, importId });
    if (list.eventId !== eventId) throw new DomainError('thing.not_found', { thing: 'import' });
  }
  if (find?.kind === 'reference') {
    const fits = (booking: Booking): boolean =>
      booking.eventId === eventId &&
      (status === null || booking.status === status) &&
      (importId === null || booking.sale?.from?.importId === importId);
    const bookingId = await deps.references.find(find.reference);
    const booking = bookingId === null ? null : await deps.bookings.find(bookingId);
    const found = booking !== null && fits(booking) ? [soldSummaryOf(booking)] : [];
    return { items: found, nextCursor: null };
  }
  const { items, nextCursor } = await deps.bookings.listSold(eventId, { status, importId, keys: find }, page);
  return { items: items.map(soldSummaryOf), nextCursor };
};

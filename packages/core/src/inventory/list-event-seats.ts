import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Seat } from '../venues/seat-map.ts';
import type { LayoutSource } from './ports.ts';
import { seatUnitId, type UnitId } from './unit.ts';

export const listEventSeatsInput = z.object({
  eventId: idSchema('evt'),
  /** Index of the first seat wanted. */
  from: z.int().min(0).default(0),
  limit: z.int().min(1).max(10_000).default(2_000),
});
export type ListEventSeats = z.output<typeof listEventSeatsInput>;

/** A seat as a buyer sees it; its place in the list is its index in the availability's seat states. */
export type EventSeat = Omit<Seat, 'guid'> & { readonly unitId: UnitId };

/**
 * The seats of an event that was published, for drawing and choosing, a stretch at a time. `next` is the index to go on from,
 * null at the end. Drafts are `thing.not_found`.
 */
export const listEventSeats = async (
  { layouts }: { readonly layouts: Pick<LayoutSource, 'get'> },
  { eventId, from, limit }: ListEventSeats,
): Promise<{ readonly seats: readonly EventSeat[]; readonly next: number | null }> => {
  const { event, layout } = await layouts.get(eventId);
  if (event.status === 'draft') throw new DomainError('thing.not_found', { thing: 'event' });
  const end = from + limit;
  return {
    seats: layout.seats.slice(from, end).map(({ guid, ...seat }) => ({ ...seat, unitId: seatUnitId(guid) })),
    next: end < layout.seats.length ? end : null,
  };
};

import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { getSeatMap } from './get-seat-map.ts';
import type { SeatMapStore } from './ports.ts';
import type { Seat } from './seat-map.ts';

export const listSeatsInput = z.object({
  organizationId: idSchema('org'),
  seatMapId: idSchema('map'),
  /** Index of the first seat wanted. */
  from: z.int().min(0).default(0),
  limit: z.int().min(1).max(10_000).default(2_000),
});
export type ListSeats = z.output<typeof listSeatsInput>;

/** A stretch of a seat map for drawing. `next` is the index to go on from, null at the end. */
export const listSeats = async (
  deps: { readonly seatMaps: SeatMapStore },
  query: ListSeats,
): Promise<{ seats: readonly Seat[]; next: number | null }> => {
  await getSeatMap(deps, query);
  const all = await deps.seatMaps.seatsOf(query.seatMapId);
  const end = query.from + query.limit;
  return { seats: all.slice(query.from, end), next: end < all.length ? end : null };
};

import type { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { SeatMapStore } from './ports.ts';
import type { SeatMap } from './seat-map.ts';

export const listSeatMapsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  venueId: idSchema('ven'),
});
export type ListSeatMaps = z.output<typeof listSeatMapsInput>;

/** A venue's seat map versions, newest first. */
export const listSeatMaps = (
  deps: { readonly seatMaps: SeatMapStore },
  query: ListSeatMaps,
): Promise<Page<SeatMap>> => deps.seatMaps.listOfVenue(query.organizationId, query.venueId, query);

import type { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import { type GetVenueDeps, getVenue } from './get-venue.ts';
import type { SeatMapStore } from './ports.ts';
import type { SeatMap } from './seat-map.ts';

export const listSeatMapsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  venueId: idSchema('ven'),
});
export type ListSeatMaps = z.output<typeof listSeatMapsInput>;

export type ListSeatMapsDeps = GetVenueDeps & { readonly seatMaps: Pick<SeatMapStore, 'listOfVenue'> };

/** A venue's seat map versions, newest first. Throws `thing.not_found`, also for another organization's venue. */
export const listSeatMaps = async (deps: ListSeatMapsDeps, query: ListSeatMaps): Promise<Page<SeatMap>> => {
  const { organizationId, id } = await getVenue(deps, query);
  return deps.seatMaps.listOfVenue(organizationId, id, query);
};

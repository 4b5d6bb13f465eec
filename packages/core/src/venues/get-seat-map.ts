import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { SeatMapStore } from './ports.ts';
import type { SeatMap } from './seat-map.ts';

export const getSeatMapInput = z.object({ organizationId: idSchema('org'), seatMapId: idSchema('map') });
export type GetSeatMap = z.output<typeof getSeatMapInput>;

/** What is known of a version, without its seats. Throws `thing.not_found`, also for another organization's. */
export const getSeatMap = async (
  deps: { readonly seatMaps: SeatMapStore },
  query: GetSeatMap,
): Promise<SeatMap> => {
  const seatMap = await deps.seatMaps.findOwn(query.organizationId, query.seatMapId);
  if (seatMap === null) throw new DomainError('thing.not_found', { thing: 'seat map' });
  return seatMap;
};

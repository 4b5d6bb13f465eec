import type { EventLayout } from '../inventory/layout.ts';
import { isDomainError } from '../shared/errors.ts';
import type { FreeUnits, SalesFigures } from './ports.ts';

export type CountFreeDeps = {
  readonly freeUnits: FreeUnits;
  readonly figures: Pick<SalesFigures, 'unitsClaimed'>;
};

/**
 * Free units of an event: as Redis has them, or, when it has no copy (nothing is held then), those that nobody has claimed.
 */
export const countFree = async (deps: CountFreeDeps, layout: EventLayout): Promise<number> => {
  const live = await liveCount(deps, layout);
  if (live !== null) return live;
  const units = layout.pools.reduce((sum, pool) => sum + pool.capacity, 0);
  return Math.max(0, units - (await deps.figures.unitsClaimed(layout.eventId)));
};

const liveCount = async ({ freeUnits }: CountFreeDeps, { eventId }: EventLayout): Promise<number | null> => {
  try {
    return (await freeUnits.count([eventId])).get(eventId) ?? null;
  } catch (error) {
    if (isDomainError(error, 'service.unreachable')) return null;
    throw error;
  }
};

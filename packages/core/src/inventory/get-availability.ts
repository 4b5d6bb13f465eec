import { DomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { AvailabilityCache, AvailabilityPage } from './ports.ts';
import { REBUILD_RETRY_MS, type RestoreInventoryDeps, restoreInventory } from './restore-inventory.ts';

export type GetAvailabilityDeps = RestoreInventoryDeps & { readonly availability: AvailabilityCache };

/**
 * Availability at most 250 ms old, usually without any round trip; `fresh`: read now. Restores a cold copy; while another process does that,
 * `inventory.rebuilding`. `sale.closed` when a cold event sells nothing, `thing.not_found`.
 */
export const getAvailability = async (
  deps: GetAvailabilityDeps,
  { eventId, fresh = false }: { readonly eventId: EventId; readonly fresh?: boolean },
): Promise<AvailabilityPage> => {
  const page = await (fresh ? deps.availability.refresh(eventId) : deps.availability.get(eventId));
  if (page !== null) return page;
  await restoreInventory(deps, { eventId });
  const restored = await deps.availability.refresh(eventId);
  if (restored === null) throw new DomainError('inventory.rebuilding', { retryAfterMs: REBUILD_RETRY_MS });
  return restored;
};

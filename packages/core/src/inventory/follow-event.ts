import { isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import { eventGate } from './event-gate.ts';
import { type RestoreInventoryDeps, restoreInventory } from './restore-inventory.ts';

/**
 * Tells Redis about an event as it stands in Mongo now: status, sales window, layout; the handler of `inventory.follow_event`.
 * Builds the copy when there is none and the event is on sale. Throws `inventory.rebuilding` while somebody else builds it:
 * try again then, because that copy may be of an older revision.
 */
export const followEvent = async (
  deps: RestoreInventoryDeps,
  { eventId }: { readonly eventId: EventId },
): Promise<void> => {
  const { event, layout } = await deps.layouts.refresh(eventId);
  const gate = eventGate(event, layout);
  if ((await deps.mirror.setGate(gate)) === 'applied') return;
  try {
    if ((await restoreInventory(deps, { eventId })) === 'warm') await deps.mirror.setGate(gate);
  } catch (error) {
    // Nothing to copy: the event is not on sale, and a cold copy sells nothing.
    if (!isDomainError(error, 'sale.closed')) throw error;
  }
};

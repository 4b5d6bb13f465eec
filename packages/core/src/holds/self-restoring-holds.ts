import { type RestoreInventoryDeps, restoreInventory } from '../inventory/restore-inventory.ts';
import { isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { HoldStore } from './ports.ts';

/** `over`: the event sells nothing any more and gets no copy, so there is no hold in it either. */
type Restored = 'warm' | 'cold' | 'over';

const restore = async (deps: RestoreInventoryDeps, eventId: EventId): Promise<Restored> => {
  try {
    await restoreInventory(deps, { eventId });
    return 'warm';
  } catch (error) {
    if (isDomainError(error, 'inventory.rebuilding')) return 'cold';
    if (isDomainError(error, 'sale.closed')) return 'over';
    throw error;
  }
};

/**
 * Holds whose store makes a lost copy whole again, whoever comes first after the loss and whatever he came for; then it asks once
 * more. Without it, an event on which nobody looks for seats any more would stay cold, and who comes to check out would be told
 * to come back until his hold's time is over. Placing repairs by itself, with its own bound.
 */
export const selfRestoringHolds = (holds: HoldStore, deps: RestoreInventoryDeps): HoldStore => {
  const warmly = async <O extends { readonly outcome: string }>(
    eventId: EventId,
    ask: () => Promise<O | { readonly outcome: 'gone' }>,
  ): Promise<O | { readonly outcome: 'gone' }> => {
    const answer = await ask();
    if (answer.outcome !== 'cold') return answer;
    const restored = await restore(deps, eventId);
    if (restored === 'cold') return answer;
    return restored === 'over' ? { outcome: 'gone' } : ask();
  };
  return {
    ...holds,
    find: async (eventId, ...rest) => {
      try {
        return await holds.find(eventId, ...rest);
      } catch (error) {
        if (!isDomainError(error, 'inventory.rebuilding')) throw error;
        const restored = await restore(deps, eventId);
        if (restored === 'cold') throw error;
        return restored === 'over' ? null : holds.find(eventId, ...rest);
      }
    },
    extend: (eventId, ...rest) => warmly(eventId, () => holds.extend(eventId, ...rest)),
    release: (eventId, ...rest) => warmly(eventId, () => holds.release(eventId, ...rest)),
    adopt: (eventId, ...rest) => warmly(eventId, () => holds.adopt(eventId, ...rest)),
    beginConversion: (eventId, ...rest) => warmly(eventId, () => holds.beginConversion(eventId, ...rest)),
  };
};

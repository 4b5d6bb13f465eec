import type { EventId } from '../shared/ids.ts';
import type { EventWithLayout, LayoutSource } from './ports.ts';
import type { Unit } from './unit.ts';

/** The event's layout as it is remembered, read again when it is older than these units: an area may have grown since. */
export const layoutWith = async (
  layouts: LayoutSource,
  { eventId, units }: { readonly eventId: EventId; readonly units: readonly Unit[] },
): Promise<EventWithLayout> => {
  const remembered = await layouts.get(eventId);
  const known = units.every(({ unitId }) => remembered.layout.findUnit(unitId) !== null);
  return known ? remembered : layouts.refresh(eventId);
};

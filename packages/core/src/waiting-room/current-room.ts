import type { Event } from '../events/event.ts';
import type { LayoutSource } from '../inventory/ports.ts';
import type { EventId } from '../shared/ids.ts';
import { isDueToOpen } from './decide-opening.ts';
import type { RoomOpener } from './open-room.ts';
import type { RoomGlances } from './ports.ts';

export type CurrentRoomDeps = {
  readonly layouts: LayoutSource;
  readonly glances: RoomGlances;
  readonly openRoom: RoomOpener;
};

/**
 * An event with its room as it stands, at most 250 ms old, and the time of the Redis clock; opens the room when that is due. Usually without
 * any round trip. Throws `thing.not_found`.
 */
export const currentRoom = async (
  { layouts, glances, openRoom }: CurrentRoomDeps,
  eventId: EventId,
): Promise<{ readonly event: Event; readonly now: Date }> => {
  const { now, revision } = await glances.get(eventId);
  let { event } = await layouts.get(eventId);
  if (revision !== null && revision > event.revision) event = (await layouts.refresh(eventId)).event;
  if (!isDueToOpen(event, now)) return { event, now };
  event = await openRoom(eventId);
  return { event, now: (await glances.refresh(eventId)).now };
};

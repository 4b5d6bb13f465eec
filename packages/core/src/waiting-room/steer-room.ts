import { z } from 'zod';
import type { Event } from '../events/event.ts';
import { turnsPerMinuteSchema } from '../events/event-input.ts';
import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import { saveEvent } from '../events/save-event.ts';
import { eventGate } from '../inventory/event-gate.ts';
import type { InventoryMirror, LayoutSource } from '../inventory/ports.ts';
import { idSchema } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import { isDueToOpen } from './decide-opening.ts';
import { decideSteering, type Steering } from './decide-steering.ts';
import type { RoomOpener } from './open-room.ts';
import type { RoomGlances } from './ports.ts';

export const steerRoomInput = z.object({ organizationId: idSchema('org'), eventId: idSchema('evt') });
export const setRoomRateInput = steerRoomInput.extend({ turnsPerMinute: turnsPerMinuteSchema });
export type SteerRoom = z.output<typeof steerRoomInput>;

export type SteerRoomDeps = {
  readonly events: EventStore;
  readonly layouts: LayoutSource;
  readonly mirror: Pick<InventoryMirror, 'setGate'>;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly glances: RoomGlances;
  readonly openRoom: RoomOpener;
};

/**
 * Opens, pauses, resumes, paces or removes the room of an event. Redis hears of it before this returns, and by the outbox should this process
 * die; holds compare revisions, so none is let through by an older pace. Throws what decideSteering does, and `event.changed_meanwhile`.
 */
export const steerRoom = async (
  deps: SteerRoomDeps,
  { organizationId, eventId }: SteerRoom,
  steering: Steering,
): Promise<Event> => {
  const found = await getEvent(deps, { organizationId, eventId });
  const { now } = await deps.glances.refresh(eventId);
  // Its time has come and nobody has looked since: it counts as open.
  const event = isDueToOpen(found, now) ? await deps.openRoom(eventId) : found;
  const next = decideSteering(event, steering, now);
  await deps.unitOfWork.run((tx) => saveEvent(deps, tx, next, event, now));
  const { event: saved, layout } = await deps.layouts.refresh(eventId);
  await deps.mirror.setGate(eventGate(saved, layout));
  return steering.to === 'open' ? deps.openRoom(eventId) : saved;
};

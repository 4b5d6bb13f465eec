import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { type CurrentRoomDeps, currentRoom } from './current-room.ts';
import type { PresentedPass } from './presented-pass.ts';
import { refuseOver } from './refuse-over.ts';
import { type RoomView, roomView } from './room-view.ts';

export const roomRefInput = z.object({ eventId: idSchema('evt') });
export type RoomRefInput = z.output<typeof roomRefInput>;

/**
 * Where a pass stands: position, estimate, or its turn. For whoever shows the pass, because it says nothing about a person. Costs a
 * share of one read of Redis per process and 250 ms, and nobody a write. Throws `sale.closed` with the reason when there is nothing to
 * wait for, `room.pass_required`, `room.pass_forged`, `thing.not_found`.
 */
export const lookAtRoom = async (
  deps: CurrentRoomDeps,
  { eventId, presented }: RoomRefInput & { readonly presented: PresentedPass },
): Promise<RoomView> => {
  const { event, now } = await currentRoom(deps, eventId);
  refuseOver(event, now);
  if (event.waitingRoom === null) return { state: 'no_room' };
  if (presented.is === 'forged') throw new DomainError('room.pass_forged', {});
  if (presented.is === 'none' || presented.pass.eventId !== eventId)
    throw new DomainError('room.pass_required', {});
  return roomView(event.waitingRoom, presented.pass.number, now);
};

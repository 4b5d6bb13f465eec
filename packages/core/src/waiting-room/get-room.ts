import type { Event, WaitingRoom } from '../events/event.ts';
import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import { DomainError } from '../shared/errors.ts';
import { type CurrentRoomDeps, currentRoom } from './current-room.ts';
import { isPaused } from './decide-steering.ts';
import { lineAt } from './line.ts';
import type { SteerRoom } from './steer-room.ts';

/** What an organizer sees of a room. Counts are of positions: one that nobody came for is among them. */
export type RoomOverview = Pick<WaitingRoom, 'opensAt' | 'turnsPerMinute' | 'turnMs'> & {
  readonly state: 'before_opening' | 'running' | 'paused';
  readonly openedAt: Date | null;
  /** Passes given so far. null: Redis has just lost count. */
  readonly passes: number | null;
  /** How many of them came before the opening. */
  readonly crowd: number | null;
  readonly called: number;
  readonly waiting: number | null;
};

const overviewOf = ({ waitingRoom: room }: Event, passes: number | null, now: Date): RoomOverview => {
  if (room === null) throw new DomainError('room.none', {});
  const { opensAt, turnsPerMinute, turnMs, opening } = room;
  const reached = Math.floor(lineAt(room, now)) + 1;
  const called = Math.min(reached, passes ?? reached);
  return {
    opensAt,
    turnsPerMinute,
    turnMs,
    state: opening === null ? 'before_opening' : isPaused(room) ? 'paused' : 'running',
    openedAt: opening?.openedAt ?? null,
    passes,
    crowd: opening?.crowd ?? null,
    called,
    waiting: passes === null ? null : passes - called,
  };
};

/** How the room of an own event stands. Throws `room.none`, `thing.not_found`. */
export const getRoom = async (
  deps: CurrentRoomDeps & { readonly events: EventStore },
  { organizationId, eventId }: SteerRoom,
): Promise<RoomOverview> => {
  await getEvent(deps, { organizationId, eventId });
  const { event, now } = await currentRoom(deps, eventId);
  const { nextNumber } = await deps.glances.get(eventId);
  return overviewOf(event, nextNumber ?? (event.waitingRoom?.opening === null ? 0 : null), now);
};

import { DomainError } from '../shared/errors.ts';
import { type CurrentRoomDeps, currentRoom } from './current-room.ts';
import type { RoomRefInput } from './look-at-room.ts';
import type { JoinLimit, QueuePasses, QueuePerson, RoomDesk } from './ports.ts';
import type { PresentedPass } from './presented-pass.ts';
import { refuseOver } from './refuse-over.ts';
import { type RoomView, roomView } from './room-view.ts';
import { turnAt } from './turn.ts';

export type JoinRoomDeps = CurrentRoomDeps & {
  readonly desk: RoomDesk;
  readonly queuePasses: QueuePasses;
  readonly joinLimit: JoinLimit;
};

export type JoinRoom = RoomRefInput & {
  readonly person: QueuePerson;
  readonly presented: PresentedPass;
  /** null: not known, as behind some proxies; nothing is limited then. */
  readonly address: string | null;
};

const JOIN_RETRY_MS = 5_000;

/**
 * Gives a person a pass, the same one until its turn is over or used; who shows a pass of his own keeps its number, also when Redis has
 * forgotten it. One script; every hundredth reserves numbers in Mongo. `pass: null` where there is no room. Throws `sale.closed`,
 * `room.too_many_joins`, `thing.not_found`.
 */
export const joinRoom = async (
  deps: JoinRoomDeps,
  { eventId, person: caller, presented, address }: JoinRoom,
): Promise<{ readonly pass: string | null; readonly view: RoomView }> => {
  const { event, now } = await currentRoom(deps, eventId);
  refuseOver(event, now);
  const room = event.waitingRoom;
  if (room === null) return { pass: null, view: { state: 'no_room' } };
  if (address !== null && !(await deps.joinLimit.take(address)))
    throw new DomainError('room.too_many_joins', { retryAfterMs: JOIN_RETRY_MS });
  const mine = presented.is === 'own' && presented.pass.eventId === eventId ? presented.pass : null;
  const person = mine?.person ?? caller;
  const keep = mine !== null && turnAt(room, mine.number, now).state !== 'over' ? mine.number : null;
  const request = { eventId, person, keep, over: null, pace: room.pace.at(-1) ?? null };
  const standing = await deps.desk.numberFor(request);
  const number =
    turnAt(room, standing, now).state === 'over'
      ? await deps.desk.numberFor({ ...request, keep: null, over: standing })
      : standing;
  return { pass: deps.queuePasses.issue({ eventId, person, number }), view: roomView(room, number, now) };
};

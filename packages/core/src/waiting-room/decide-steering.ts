import { type Event, type EventTime, MAX_TURN_MS, type RoomPace, type WaitingRoom } from '../events/event.ts';
import { eventFaults } from '../events/event-faults.ts';
import { addMs, SECOND_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { wallTimeAt } from '../shared/wall-time.ts';
import { lineAt } from './line.ts';

export type Steering =
  | { readonly to: 'open' }
  | { readonly to: 'pause' }
  | { readonly to: 'resume' }
  | { readonly to: 'rate'; readonly turnsPerMinute: number }
  | { readonly to: 'let_everybody_in' };

/**
 * Another pace from now on. Stretches that ended longer ago than a turn can last decide nothing any more. Should the clock have gone back, it counts
 * from now all the same, and the line goes on from where it had come.
 */
export const paced = (room: WaitingRoom, perMinute: number, now: Date): RoomPace[] => {
  const last = room.pace.at(-1)?.since ?? now;
  const from = lineAt(room, last > now ? last : now);
  const before = room.pace.map((stretch) => (stretch.since > now ? { ...stretch, since: now } : stretch));
  const all = [...before, { since: now, from, perMinute }];
  const goneBefore = addMs(now, -MAX_TURN_MS);
  return all.filter((_, i) => (all[i + 1]?.since ?? now) >= goneBefore);
};

export const isPaused = ({ pace }: WaitingRoom): boolean => pace.at(-1)?.perMinute === 0;

/** A wall time that is not later than now: it knows no parts of a second. */
const openedBy = (now: Date, zone: string): EventTime => ({
  ...wallTimeAt(now, zone),
  at: new Date(Math.floor(now.getTime() / SECOND_MS) * SECOND_MS),
});

const steered = (room: WaitingRoom, steering: Steering, now: Date, zone: string): WaitingRoom | null => {
  const isOpen = room.opening !== null;
  switch (steering.to) {
    case 'open':
      if (isOpen || room.opensAt.at <= now) throw new DomainError('room.bad_move', { state: 'open' });
      return { ...room, opensAt: openedBy(now, zone) };
    case 'pause':
    case 'resume': {
      if (!isOpen) throw new DomainError('room.bad_move', { state: 'not open yet' });
      const pause = steering.to === 'pause';
      if (isPaused(room) === pause)
        throw new DomainError('room.bad_move', { state: pause ? 'paused' : 'running' });
      const { putOff: _steered, ...rest } = room;
      return { ...rest, pace: paced(room, pause ? 0 : room.turnsPerMinute, now) };
    }
    case 'rate': {
      const { turnsPerMinute } = steering;
      const isRunning = isOpen && !isPaused(room);
      return { ...room, turnsPerMinute, pace: isRunning ? paced(room, turnsPerMinute, now) : room.pace };
    }
    case 'let_everybody_in':
      return null;
  }
};

/**
 * The event with its room steered, one revision further. `open` moves the opening to now; a new rate of a paused room counts from its
 * resumption; letting everybody in takes the room away. Turns that have begun are never touched. Throws `room.none`, `room.bad_move`,
 * `event.not_editable` when it is neither on sale nor postponed, `input.invalid` when it would open before the sale starts.
 */
export const decideSteering = (event: Event, steering: Steering, now: Date): Event => {
  const { waitingRoom: room, status } = event;
  if (room === null) throw new DomainError('room.none', {});
  if (status !== 'published' && status !== 'postponed')
    throw new DomainError('event.not_editable', { status, field: 'waitingRoom' });
  const next: Event = {
    ...event,
    waitingRoom: steered(room, steering, now, event.startsAt.zone),
    ...(steering.to === 'let_everybody_in' && room.opening !== null && { roomEndedAt: now }),
    revision: event.revision + 1,
    updatedAt: now,
  };
  const issues = eventFaults(next);
  if (issues.length > 0) throw new DomainError('input.invalid', { issues });
  return next;
};

import { describe, expect, it } from 'vitest';
import type { Event, WaitingRoom } from '../events/event.ts';
import { addMs } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { decideOpening, isDueToOpen } from './decide-opening.ts';
import { decideSteering, type Steering } from './decide-steering.ts';
import { lineAt } from './line.ts';
import { putOffRoom, takeUpRoom } from './put-off-room.ts';
import { turnAt } from './turn.ts';

const opensAt = new Date('2026-06-01T10:00:00Z');
const room: WaitingRoom = {
  opensAt: { local: '2026-06-01T12:00', zone: 'Europe/Berlin', at: opensAt },
  turnsPerMinute: 60,
  turnMs: 600_000,
  opening: null,
  pace: [],
};
const before = draftEvent({ status: 'published', waitingRoom: room });
const opened = (now = opensAt): Event =>
  decideOpening(before, room, { seed: 'ab'.repeat(16), crowd: 10, now });
const roomOf = (event: Event): WaitingRoom => event.waitingRoom ?? room;
const refusal = (event: Event, steering: Steering, now: Date): unknown => {
  try {
    decideSteering(event, steering, now);
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

describe('steering a room', () => {
  it('opens now, at a wall time of the event’s zone that is not later than now', () => {
    const now = new Date('2026-05-31T08:00:00.700Z');
    const next = decideSteering(before, { to: 'open' }, now);
    expect(roomOf(next).opensAt).toEqual({
      local: '2026-05-31T10:00:00',
      zone: 'Europe/Berlin',
      at: new Date('2026-05-31T08:00:00.000Z'),
    });
    expect([isDueToOpen(before, now), isDueToOpen(next, now)]).toEqual([false, true]);
    expect(next.revision).toBe(before.revision + 1);
  });

  it('does not open before the sale starts: turns would pass in which nothing can be held', () => {
    const later = draftEvent({ status: 'published', salesStartAt: opensAt, waitingRoom: room });
    expect(refusal(later, { to: 'open' }, addMs(opensAt, -60_000))).toBe('input.invalid');
  });

  it('calls nobody while it is paused, and goes on from where it stood', () => {
    const paused = decideSteering(opened(), { to: 'pause' }, addMs(opensAt, 5_500));
    expect(lineAt(roomOf(paused), addMs(opensAt, 3_600_000))).toBe(5.5);
    expect(turnAt(roomOf(paused), 500, addMs(opensAt, 6_000))).toMatchObject({
      state: 'waiting',
      beginsAt: null,
    });
    const resumed = decideSteering(paused, { to: 'resume' }, addMs(opensAt, 65_500));
    expect(lineAt(roomOf(resumed), addMs(opensAt, 66_500))).toBe(6.5);
  });

  it('takes a new rate while paused for the time after', () => {
    const paused = decideSteering(opened(), { to: 'pause' }, opensAt);
    const faster = decideSteering(paused, { to: 'rate', turnsPerMinute: 600 }, addMs(opensAt, 1_000));
    expect(lineAt(roomOf(faster), addMs(opensAt, 60_000))).toBe(0);
    const resumed = decideSteering(faster, { to: 'resume' }, addMs(opensAt, 60_000));
    expect(lineAt(roomOf(resumed), addMs(opensAt, 61_000))).toBe(10);
  });

  it('is not led astray by a clock that went back', () => {
    const faster = decideSteering(opened(), { to: 'rate', turnsPerMinute: 600 }, addMs(opensAt, 60_000));
    const back = decideSteering(faster, { to: 'pause' }, addMs(opensAt, 30_000));
    for (const ms of [30_000, 45_000, 90_000]) expect(lineAt(roomOf(back), addMs(opensAt, ms))).toBe(60);
    const resumed = decideSteering(back, { to: 'resume' }, addMs(opensAt, 40_000));
    expect(lineAt(roomOf(resumed), addMs(opensAt, 41_000))).toBe(70);
  });

  it.each([
    ['goes on from where it stood when the show has a date again', null, 70],
    ['stays paused when an organizer had paused it', { to: 'pause' }, 60],
    ['stays as an organizer steers it meanwhile', { to: 'resume' }, 60],
  ] as const)('of a postponed event calls nobody, and %s', (_what, steering, after) => {
    const later = (ms: number) => addMs(opensAt, ms);
    const before = steering?.to === 'pause' ? decideSteering(opened(), steering, later(60_000)) : opened();
    let event = putOffRoom({ ...before, status: 'postponed' }, later(60_000));
    expect(lineAt(roomOf(event), later(3_600_000))).toBe(60);
    if (steering?.to === 'resume') {
      event = decideSteering(event, steering, later(100_000));
      event = decideSteering(event, { to: 'pause' }, later(100_000));
    }
    const again = takeUpRoom({ ...event, status: 'published' }, later(3_600_000));
    expect(lineAt(roomOf(again), later(3_610_000))).toBe(after);
    expect(roomOf(again)).not.toHaveProperty('putOff');
  });

  it('keeps no more stretches than decide about turns that may still run', () => {
    let event = opened();
    for (let hour = 1; hour <= 50; hour += 1)
      event = decideSteering(event, { to: 'rate', turnsPerMinute: hour }, addMs(opensAt, hour * 3_600_000));
    expect(roomOf(event).pace.length).toBeLessThanOrEqual(3);
  });

  it('takes the room away when everybody is let in', () => {
    expect(decideSteering(opened(), { to: 'let_everybody_in' }, opensAt).waitingRoom).toBeNull();
  });

  it.each<[string, Event, Steering, string]>([
    ['what has no room', draftEvent({ status: 'published' }), { to: 'pause' }, 'room.none'],
    ['a draft', draftEvent({ waitingRoom: room }), { to: 'pause' }, 'event.not_editable'],
    ['a pause before the opening', before, { to: 'pause' }, 'room.bad_move'],
    ['a resumption of what runs', opened(), { to: 'resume' }, 'room.bad_move'],
    ['a second opening', opened(), { to: 'open' }, 'room.bad_move'],
  ])('refuses %s', (_what, event, steering, code) => {
    expect(refusal(event, steering, addMs(opensAt, -1_000))).toBe(code);
  });
});

it('opening late opens late: nobody’s turn has passed, and no crowd is called at once', () => {
  const now = addMs(opensAt, 3_600_000);
  expect(lineAt(roomOf(opened(now)), now)).toBe(0);
});

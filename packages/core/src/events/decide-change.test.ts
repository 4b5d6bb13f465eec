import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../shared/clock.ts';
import type { UserId } from '../shared/ids.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { eventTime } from './build-event.ts';
import { nextRound } from './changes/next-round.ts';
import { decideCancel, decidePostpone, decideReschedule, type NewTimes } from './decide-change.ts';
import { EVENT_STATUSES, type Event } from './event.ts';
import { fullRefundUntil } from './postponement.ts';

const by = 'usr_01h455vb4pex5vsknk084sn02q' as UserId;
const event: Event = { ...draftEvent(), status: 'published' };
const start = event.startsAt.at;
const now = new Date(start.getTime() - 30 * DAY_MS);
const said = { by, reason: null, refundDays: 14 };
const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
const at = (days: number, hour = 20) => ({
  local: `${new Date(start.getTime() + days * DAY_MS).toISOString().slice(0, 10)}T${hour}:00`,
  zone: event.startsAt.zone,
});
const times = (days: number) => ({ startsAt: at(days), endsAt: at(days, 23), doorsAt: null });

describe('cancelling', () => {
  test.each(EVENT_STATUSES)('an event that is %s', (status) => {
    const cancel = () =>
      decideCancel({ ...event, status }, { by, reason: 'ill', title: ` ${event.title} ` }, now);
    if (status === 'published' || status === 'postponed')
      expect(cancel()).toMatchObject({ status: 'cancelled', cancellation: { at: now, reason: 'ill' } });
    else expect(cancel).toThrow('cannot become cancelled');
  });

  test('asks for the title, so that no slip of a finger refunds a whole hall', () => {
    expect(() => decideCancel(event, { by, reason: 'ill', title: '' }, now)).toThrow(event.title);
  });
});

describe('postponing', () => {
  test.each(EVENT_STATUSES)('an event that is %s', (status) => {
    const postpone = () => decidePostpone({ ...event, status }, said, now);
    if (status === 'published') expect(postpone()).toMatchObject({ status: 'postponed' });
    else expect(postpone).toThrow('cannot become postponed');
  });

  test('opens the window that the organizer chose, for who has bought by then', () => {
    const postponed = decidePostpone(event, said, now);
    expect(fullRefundUntil(postponed, now)).toEqual(inDays(14));
    expect(fullRefundUntil(postponed, inDays(1))).toBeNull();
    expect(fullRefundUntil(event, now)).toBeNull();
  });
});

describe('a new date', () => {
  test.each(EVENT_STATUSES)('for an event that is %s', (status) => {
    const move = () => decideReschedule({ ...event, status }, said, times(60), now);
    if (status === 'published' || status === 'postponed')
      expect(move()).toMatchObject({ status: 'published', postponement: { from: event.startsAt } });
    else expect(move).toThrow('cannot become published');
  });

  test('moves the end of the sale along, unless another one is given', () => {
    const twoHoursBefore = { ...event, salesEndAt: new Date(start.getTime() - 2 * HOUR_MS) };
    const moved = decideReschedule(twoHoursBefore, said, times(60), now);
    expect(moved.salesEndAt).toEqual(new Date(moved.startsAt.at.getTime() - 2 * HOUR_MS));
    expect(
      decideReschedule(twoHoursBefore, said, { ...times(60), salesEndAt: null }, now).salesEndAt,
    ).toBeNull();
    expect(decideReschedule(event, said, times(60), now).salesEndAt).toBe(event.salesEndAt);
  });

  test('keeps the window open that a postponement had opened, and none after the show', () => {
    const postponed = decidePostpone(event, { ...said, refundDays: 80 }, now);
    const moved = decideReschedule(postponed, said, times(90), inDays(2));
    expect(fullRefundUntil(moved, now)).toEqual(inDays(80));
    const soon = decideReschedule(postponed, said, times(-20), inDays(2));
    expect(fullRefundUntil(soon, now)).toEqual(soon.startsAt.at);
  });

  describe('of an event with a waiting room that has not opened', () => {
    const opensIn = (days: number, status: Event['status'] = 'postponed'): Event => {
      const opensAt = eventTime(at(days - 30, 10));
      const waitingRoom = { opensAt, turnsPerMinute: 60, turnMs: 600_000, opening: null, pace: [] };
      return { ...event, status, waitingRoom };
    };
    const opensAtOf = (before: Event, to: Partial<NewTimes> = {}) =>
      decideReschedule(before, said, { ...times(60), ...to }, now).waitingRoom?.opensAt.local;

    test('leaves its opening as it was planned while that is to come', () => {
      expect(opensAtOf(opensIn(5))).toBe(at(-25, 10).local);
      expect(opensAtOf(opensIn(5, 'published'))).toBe(at(-25, 10).local);
    });

    test('moves an opening along that passed while the show was put off; what was due is left to open', () => {
      expect(opensAtOf(opensIn(-5))).toBe(`${at(25, 10).local}:00`);
      expect(opensAtOf(opensIn(-5, 'published'))).toBe(at(-35, 10).local);
    });

    test('opens it when the new plan says', () => {
      for (const days of [-5, 5])
        expect(opensAtOf(opensIn(days), { roomOpensAt: at(-20, 10) })).toBe(at(-20, 10).local);
    });

    test.each([
      ['in the past', opensIn(5), { roomOpensAt: at(-31, 10) }, 'must not be in the past'],
      ['after the sale', opensIn(5), { roomOpensAt: at(61, 10) }, 'must be before the sale ends'],
      ['where it is open', opensIn(-5, 'published'), { roomOpensAt: at(-20, 10) }, 'has opened'],
      ['where there is none', event, { roomOpensAt: at(-20, 10) }, 'has no waiting room'],
      ['nowhere', opensIn(-5), times(1), 'is needed'],
    ])('is refused with an opening %s', (_where, before, to, message) => {
      expect(() => opensAtOf(before, to)).toThrow(message);
    });
  });

  test('in the past, or that ends before it starts, is none', () => {
    expect(() => decideReschedule(event, said, times(-31), now)).toThrow('must not be in the past');
    expect(() => decideReschedule(event, said, { ...times(60), endsAt: at(59) }, now)).toThrow(
      'must be after',
    );
  });
});

test('rounds end only after two in a row, further apart than a checkout lasts, that found nothing', () => {
  const place = { round: 3, after: null, touched: 0, idleRounds: 0, restUntil: null };
  expect(nextRound({ ...place, touched: 1, idleRounds: 1 }, now)).toEqual({
    do: 'again',
    idleRounds: 0,
    restUntil: null,
  });
  expect(nextRound(place, now)).toEqual({
    do: 'again',
    idleRounds: 1,
    restUntil: new Date(now.getTime() + 65_000),
  });
  expect(nextRound({ ...place, idleRounds: 1 }, now)).toEqual({ do: 'finish' });
});

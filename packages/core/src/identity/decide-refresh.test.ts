import { describe, expect, test } from 'vitest';
import { addMs, DAY_MS, MINUTE_MS, SECOND_MS } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { decideRefresh } from './decide-refresh.ts';
import { rotateSession, SESSION_IDLE_MS, SESSION_MAX_MS, type Session, startSession } from './session.ts';

const t0 = new Date('2026-06-01T12:00:00.000Z');
const after = (ms: number) => addMs(t0, ms);
const fresh = startSession(
  `ses_${'1'.repeat(26)}` as Id<'ses'>,
  `usr_${'1'.repeat(26)}` as Id<'usr'>,
  'salt',
  t0,
);
const decide = (session: Session, generation: number, now: Date) =>
  decideRefresh(session, { generation }, now);

test('the newest token is rotated', () => {
  expect(decide(fresh, 0, after(MINUTE_MS))).toEqual({ decision: 'rotate' });
  expect(decide(rotateSession(fresh, t0), 1, after(MINUTE_MS))).toEqual({ decision: 'rotate' });
});

describe('a token that was replaced', () => {
  const rotated = rotateSession(fresh, t0);

  test.each([0, 1, 29 * SECOND_MS, 30 * SECOND_MS])('gives its successor again after %d ms', (ms) => {
    expect(decide(rotated, 0, after(ms))).toEqual({ decision: 'repeat', generation: 1 });
  });

  test('gives its successor again in a process whose clock is behind', () => {
    expect(decide(rotated, 0, after(-5 * SECOND_MS))).toEqual({ decision: 'repeat', generation: 1 });
  });

  test.each([30 * SECOND_MS + 1, MINUTE_MS, DAY_MS])('ends the family after %d ms', (ms) => {
    expect(decide(rotated, 0, after(ms))).toEqual({ decision: 'end' });
  });

  test('gives its own successor, not the newest, when that was replaced as well', () => {
    const twice = rotateSession(rotated, after(10 * SECOND_MS));
    expect(decide(twice, 0, after(20 * SECOND_MS))).toEqual({ decision: 'repeat', generation: 1 });
    expect(decide(twice, 1, after(20 * SECOND_MS))).toEqual({ decision: 'repeat', generation: 2 });
    expect(decide(twice, 2, after(20 * SECOND_MS))).toEqual({ decision: 'rotate' });
  });

  test('counts its 30 s from its own replacement, not from a later one', () => {
    const twice = rotateSession(rotated, after(25 * SECOND_MS));
    expect(decide(twice, 0, after(31 * SECOND_MS))).toEqual({ decision: 'end' });
    expect(decide(twice, 1, after(31 * SECOND_MS))).toEqual({ decision: 'repeat', generation: 2 });
  });
});

test('a token from the future is refused and ends nothing (a restored database)', () => {
  expect(decide(fresh, 1, t0)).toEqual({ decision: 'refuse', because: 'never_issued' });
});

test('an ended session gives nothing, to the newest token as to an old one', () => {
  const ended: Session = { ...rotateSession(fresh, t0), endedAt: t0, endReason: 'logged_out' };
  for (const generation of [0, 1]) {
    expect(decide(ended, generation, t0)).toEqual({ decision: 'refuse', because: 'ended' });
  }
});

test('a session ends 30 days after its last use', () => {
  expect(decide(fresh, 0, after(SESSION_IDLE_MS - 1))).toEqual({ decision: 'rotate' });
  expect(decide(fresh, 0, after(SESSION_IDLE_MS))).toEqual({ decision: 'refuse', because: 'expired' });
});

test('a session in daily use ends after 180 days all the same', () => {
  let session = fresh;
  for (let day = 1; day < 180; day += 1) session = rotateSession(session, after(day * DAY_MS));
  expect(session.expiresAt).toEqual(after(SESSION_MAX_MS));
  expect(decide(session, session.generation, after(SESSION_MAX_MS))).toEqual({
    decision: 'refuse',
    because: 'expired',
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMs } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { decideRefresh } from './decide-refresh.ts';
import { REFRESH_GRACE_MS, rotateSession, startSession } from './session.ts';

const t0 = new Date('2026-06-01T12:00:00.000Z');
const fresh = startSession(
  `ses_${'1'.repeat(26)}` as Id<'ses'>,
  `usr_${'1'.repeat(26)}` as Id<'usr'>,
  'salt',
  t0,
);
/** Milliseconds between one rotation and the next, and then until the token is presented. */
const gaps = fc.array(fc.nat(60_000), { maxLength: 30 });

test('whatever the history: newest rotates, replaced within 30 s repeats its successor, older ends', () => {
  fc.assert(
    fc.property(gaps, fc.nat(60_000), fc.nat(30), (between, wait, pick) => {
      let session = fresh;
      let now = t0;
      const replacedAt: Date[] = [];
      for (const gap of between) {
        now = addMs(now, gap);
        replacedAt.push(now);
        session = rotateSession(session, now);
      }
      now = addMs(now, wait);
      const generation = pick % (between.length + 1);
      const decision = decideRefresh(session, { generation }, now);
      const at = replacedAt[generation];
      if (at === undefined) expect(decision).toEqual({ decision: 'rotate' });
      else if (now.getTime() - at.getTime() <= REFRESH_GRACE_MS) {
        expect(decision).toEqual({ decision: 'repeat', generation: generation + 1 });
      } else expect(decision).toEqual({ decision: 'end' });
    }),
    { numRuns: 1_000 },
  );
});

test('a client that refreshes without pause does not make the session grow without bound', () => {
  let session = fresh;
  for (let n = 0; n < 1_000; n += 1) session = rotateSession(session, addMs(t0, n));
  expect(session.rotations.length).toBeLessThanOrEqual(32);
  expect(session.generation).toBe(1_000);
});

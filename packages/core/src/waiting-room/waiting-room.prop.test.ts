import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event, WaitingRoom } from '../events/event.ts';
import { addMs } from '../shared/clock.ts';
import { isDomainError } from '../shared/errors.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { decideOpening } from './decide-opening.ts';
import { decideSteering, type Steering } from './decide-steering.ts';
import { lineAt, whenCalled } from './line.ts';
import { turnAt } from './turn.ts';

const opensAt = new Date('2026-06-01T10:00:00Z');
const closedRoom: WaitingRoom = {
  opensAt: { local: '2026-06-01T12:00', zone: 'Europe/Berlin', at: opensAt },
  turnsPerMinute: 60,
  turnMs: 600_000,
  opening: null,
  pace: [],
};
const seed = '00112233445566778899aabbccddeeff';
const opened = (crowd: number): Event =>
  decideOpening(draftEvent({ status: 'published', waitingRoom: closedRoom }), closedRoom, {
    seed,
    crowd,
    now: opensAt,
  });
const roomOf = ({ waitingRoom }: Event): WaitingRoom => {
  if (waitingRoom === null) throw new Error('the room is gone');
  return waitingRoom;
};

const steering: fc.Arbitrary<Steering> = fc.oneof(
  fc.constant<Steering>({ to: 'pause' }),
  fc.constant<Steering>({ to: 'resume' }),
  fc.integer({ min: 1, max: 600 }).map((turnsPerMinute): Steering => ({ to: 'rate', turnsPerMinute })),
);
/** What organizers do, each so many ms after the one before. */
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400_000 }), steering), { maxLength: 12 });

/** Every state of the room with the time from which it stands. */
const states = (crowd: number, moves: readonly (readonly [number, Steering])[]) => {
  let event = opened(crowd);
  let now = opensAt;
  const all = [{ room: roomOf(event), from: now }];
  for (const [waitMs, move] of moves) {
    now = addMs(now, waitMs);
    try {
      event = decideSteering(event, move, now);
    } catch (error) {
      if (!isDomainError(error, 'room.bad_move')) throw error;
      continue;
    }
    all.push({ room: roomOf(event), from: now });
  }
  return { all, end: addMs(now, 300_000) };
};

describe('whatever organizers do to the pace', () => {
  it('the line never goes back, and never jumps', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        const { all } = states(0, moves);
        for (const [i, { room, from }] of all.entries()) {
          const before = all[i - 1];
          if (before !== undefined) expect(lineAt(room, from)).toBeCloseTo(lineAt(before.room, from), 6);
          const until = all[i + 1]?.from ?? addMs(from, 60_000);
          let reached = lineAt(room, from);
          for (
            let at = from;
            at <= until;
            at = addMs(at, Math.max(1, (until.getTime() - from.getTime()) / 7))
          ) {
            expect(lineAt(room, at)).toBeGreaterThanOrEqual(reached);
            reached = lineAt(room, at);
          }
        }
      }),
    );
  });

  it('no turn that has begun begins at another time, so nobody gains or loses one by a change', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 400 }), (moves, position) => {
        let begun: Date | null = null;
        for (const { room, from } of states(0, moves).all) {
          const called = whenCalled(room, position);
          if (called === 'forgotten') {
            expect(begun).not.toBeNull();
            return;
          }
          if (begun !== null)
            expect(Math.abs((called?.getTime() ?? 0) - begun.getTime())).toBeLessThanOrEqual(1);
          if (called !== null && called <= from) begun = called;
        }
      }),
    );
  });

  it('in any span no more turns begin than the highest rate allows', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        const { all, end } = states(0, moves);
        const last = all.at(-1)?.room ?? closedRoom;
        const highest = Math.max(60, ...moves.map(([, m]) => (m.to === 'rate' ? m.turnsPerMinute : 0)));
        const times = Array.from({ length: 300 }, (_, p) => whenCalled(last, p)).filter(
          (at): at is Date => at instanceof Date && at <= end,
        );
        for (const [i, at] of times.entries()) {
          const within = times.slice(i).filter((other) => other.getTime() - at.getTime() < 10_000).length;
          expect(within).toBeLessThanOrEqual(highest / 6 + 1.1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('what the line says and when it calls are one rule', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 300 }), (moves, position) => {
        for (const { room } of states(0, moves).all) {
          const called = whenCalled(room, position);
          if (called === null || called === 'forgotten') continue;
          expect(lineAt(room, called)).toBeGreaterThanOrEqual(position - 1e-6);
          if (called > opensAt) expect(lineAt(room, addMs(called, -2))).toBeLessThan(position + 1e-6);
        }
      }),
    );
  });
});

describe('a number', () => {
  it('goes from waiting to its turn to over, once, and is told fewer and fewer ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 400 }), (crowd, number) => {
        const room = roomOf(opened(crowd));
        const order = ['waiting', 'turn', 'over'];
        let reached = 0;
        let ahead = Number.POSITIVE_INFINITY;
        for (let ms = 0; ms < 1_300_000; ms += 7_919) {
          const turn = turnAt(room, number, addMs(opensAt, ms));
          expect(order.indexOf(turn.state)).toBeGreaterThanOrEqual(reached);
          reached = order.indexOf(turn.state);
          if (turn.state !== 'waiting') continue;
          expect(turn.ahead).toBeLessThanOrEqual(ahead);
          ahead = turn.ahead;
        }
        expect(reached).toBe(2);
      }),
    );
  });

  it('given after the opening stands behind the whole crowd, in the order of arrival', () => {
    const room = roomOf(opened(50));
    const positions = Array.from({ length: 100 }, (_, n) => {
      const turn = turnAt(room, n, opensAt);
      return turn.state === 'before_opening' ? -1 : turn.position;
    });
    expect(positions.slice(50)).toEqual(Array.from({ length: 50 }, (_, n) => 50 + n));
    expect(positions.slice(0, 50).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(positions.slice(0, 50)).not.toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('says nothing of its position before the opening', () => {
    expect(turnAt(closedRoom, 7, addMs(opensAt, 1))).toEqual({ state: 'before_opening' });
  });
});

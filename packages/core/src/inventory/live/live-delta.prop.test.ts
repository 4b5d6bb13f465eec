import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AvailabilitySnapshot, seatStateAt } from '../availability.ts';
import { availabilityView } from '../availability-view.ts';
import { layoutOf } from '../layout.ts';
import { testEvent } from '../testing/seated-event.ts';
import { applyDelta, applyLive } from './apply-live.ts';
import { deltaBetween } from './delta-between.ts';
import type { LiveMessage, LiveSnapshot } from './live-message.ts';

const SEATS = 203;
const event = testEvent();
const layout = layoutOf(
  event,
  Array.from({ length: SEATS }, (_, n) => ({
    guid: `g${n}`,
    section: '',
    row: '1',
    number: String(n),
    category: n % 3 === 0 ? 'B' : 'A',
    x: n,
    y: 0,
    accessible: false,
  })),
);

const state = fc.integer({ min: 0, max: 3 });
const change = fc.tuple(fc.nat(SEATS - 1), fc.integer({ min: 1, max: 40 }), state);
const count = fc.record({ free: fc.nat(300), held: fc.nat(300), taken: fc.nat(300) });

const snapshotOf = (states: readonly number[], counts: AvailabilitySnapshot['counts'], version: number) => {
  const seats = new Uint8Array(Math.ceil(SEATS / 4));
  states.forEach((value, seat) => {
    seats[seat >> 2] = (seats[seat >> 2] ?? 0) | (value << (6 - 2 * (seat & 3)));
  });
  return { eventId: event.id, epoch: 'e', version, revision: 1, counts, seats };
};
const messageOf = (snapshot: AvailabilitySnapshot): LiveSnapshot => ({
  kind: 'snapshot',
  status: 'published',
  ...availabilityView(snapshot, layout, new Date(0)),
});
const seatsOf = (seats: Uint8Array) => Array.from({ length: SEATS }, (_, seat) => seatStateAt(seats, seat));
/** Over the wire and back. */
const sent = <M extends LiveMessage>(message: M): M => JSON.parse(JSON.stringify(message)) as M;

describe('a delta', () => {
  it('makes of what a listener has exactly what the server has, for any two versions', () => {
    fc.assert(
      fc.property(
        fc.array(state, { minLength: SEATS, maxLength: SEATS }),
        fc.array(change, { maxLength: 12 }),
        fc.tuple(
          fc.array(count, { minLength: 3, maxLength: 3 }),
          fc.array(count, { minLength: 3, maxLength: 3 }),
        ),
        (before, changes, [countsBefore, countsAfter]) => {
          const after = [...before];
          for (const [first, many, value] of changes) after.fill(value, first, first + many);
          const from = snapshotOf(before, countsBefore, 7);
          const to = snapshotOf(after, countsAfter, 9);
          const delta = deltaBetween(from, to);
          const known = applyLive(null, sent(messageOf(from)));
          if (delta === null || known === null) throw new Error('there is a delta and a state');
          const now = applyDelta(known, sent(delta));
          expect(now?.version).toBe(9);
          expect(seatsOf(now?.seats ?? new Uint8Array())).toEqual(seatsOf(to.seats));
          expect(now?.pools).toEqual(messageOf(to).pools);
          // The state that it was made from is still whole.
          expect(seatsOf(known.seats)).toEqual(seatsOf(from.seats));
        },
      ),
    );
  });

  it('says neighbours that changed alike as one run, and nothing of the rest', () => {
    const before = Array.from({ length: SEATS }, () => 0);
    const after = [...before].fill(1, 10, 16).fill(2, 16, 18);
    after[200] = 3;
    const counts = [{ free: 1, held: 0, taken: 0 }];
    expect(deltaBetween(snapshotOf(before, counts, 1), snapshotOf(after, counts, 2))).toEqual({
      kind: 'delta',
      epoch: 'e',
      from: 1,
      version: 2,
      pools: [],
      seats: [10, 6, 1, 16, 2, 2, 200, 1, 3],
    });
  });

  it('is applied to the version that it is for and to no other', () => {
    const one = snapshotOf([1], [], 1);
    const delta = deltaBetween(one, snapshotOf([2], [], 2));
    const other = applyLive(null, messageOf(snapshotOf([0], [], 3)));
    const elsewhere = applyLive(null, { ...messageOf(one), epoch: 'f' });
    if (delta === null || other === null || elsewhere === null) throw new Error('there is a delta');
    expect([applyDelta(other, delta), applyDelta(elsewhere, delta)]).toEqual([null, null]);
  });

  it('twin: applied to another version it leaves a seat wrong for good', () => {
    // Seat 0 was held between and is free again: the delta from 1 to 3 has nothing of it, who is at 2 needs it.
    const delta = deltaBetween(snapshotOf([0], [], 1), snapshotOf([0, 1], [], 3));
    const atTwo = applyLive(null, messageOf(snapshotOf([1], [], 2)));
    if (delta === null || atTwo === null) throw new Error('there is a delta');
    const wrong = applyDelta(atTwo, { ...delta, from: 2 });
    expect(seatStateAt(wrong?.seats ?? new Uint8Array(), 0)).toBe('held');
  });
});

describe('there is no delta', () => {
  const one = snapshotOf([1], [], 5);
  it.each([
    ['to another epoch', { ...one, epoch: 'f' }],
    ['to another revision of the event', { ...one, revision: 2 }],
    ['backwards', { ...one, version: 4 }],
  ])('%s', (_, to) => {
    expect(deltaBetween(one, to)).toBeNull();
  });

  it('when the difference is longer than everything', () => {
    const many = 20_000;
    const from = { ...one, seats: new Uint8Array(many / 4) };
    const scattered = { ...one, version: 6, seats: new Uint8Array(many / 4).fill(0b01000100) };
    expect(deltaBetween(from, scattered)).toBeNull();
  });
});

describe('a state', () => {
  it('becomes stale and fresh again, and says why it ended', () => {
    const known = applyLive(null, messageOf(snapshotOf([1], [], 1)));
    const stale = applyLive(known, { kind: 'stale' });
    expect(stale).toMatchObject({ stale: true, ended: null });
    expect(applyLive(stale, messageOf(snapshotOf([1], [], 2)))).toMatchObject({ stale: false });
    expect(applyLive(stale, { kind: 'ended', reason: 'cancelled' })).toMatchObject({ ended: 'cancelled' });
    expect(applyLive(null, { kind: 'stale' })).toBeNull();
  });
});

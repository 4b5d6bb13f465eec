import { expect, it } from 'vitest';
import { canMove } from '../shared/state-machine.ts';
import { HOLD_STATES, holdTransitions } from './hold.ts';
import { placeHoldInput } from './place-hold-input.ts';

it('a hold that is being checked out is neither released nor expired', () => {
  expect(HOLD_STATES.filter((to) => canMove(holdTransitions, 'converting', to))).toEqual([
    'active',
    'converted',
  ]);
});

it('an ended hold stays ended', () => {
  for (const from of ['converted', 'released', 'expired'] as const) {
    expect(HOLD_STATES.filter((to) => canMove(holdTransitions, from, to))).toEqual([]);
  }
});

it('a request for a hold is bounded, and says what it leaves open', () => {
  const ids = { eventId: 'evt_01h455vb4pex5vsknk084sn02q', holdId: 'hld_01h455vb4pex5vsknk084sn02q' };
  const best = { kind: 'best', priceCategory: 'A', quantity: 2 };
  expect(placeHoldInput.parse({ ...ids, selections: [best] }).selections).toEqual([
    { ...best, upTo: false, accessible: false, split: true },
  ]);
  for (const selections of [
    [],
    [{ ...best, quantity: 0 }],
    [{ ...best, quantity: 101 }],
    Array(11).fill(best),
  ]) {
    expect(placeHoldInput.safeParse({ ...ids, selections }).success).toBe(false);
  }
});

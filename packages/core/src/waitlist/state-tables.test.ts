import { expect, test } from 'vitest';
import { canMove, sourcesOf } from '../shared/state-machine.ts';
import { ENTRY_STATUSES, entryTransitions, isActive } from './entry.ts';
import { OFFER_STATUSES, offerTransitions } from './offer.ts';

test('an offer is answered once: what is accepted, declined, expired or withdrawn stays so', () => {
  for (const from of OFFER_STATUSES)
    for (const to of OFFER_STATUSES)
      expect(canMove(offerTransitions, from, to)).toBe(from === 'open' && to !== 'open');
});

test('an entry is served only through an offer, and comes back into the line only from one', () => {
  expect(sourcesOf(entryTransitions, 'converted')).toEqual(['offered']);
  expect(sourcesOf(entryTransitions, 'waiting')).toEqual(['offered']);
  expect(sourcesOf(entryTransitions, 'offered')).toEqual(['waiting']);
});

test('an entry that is over stays so, and every other one can be left', () => {
  for (const from of ENTRY_STATUSES) {
    expect(canMove(entryTransitions, from, 'cancelled')).toBe(isActive(from));
    if (!isActive(from)) expect(entryTransitions[from]).toEqual([]);
  }
});

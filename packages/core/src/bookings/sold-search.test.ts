import { describe, expect, it, test } from 'vitest';
import { parseReference, referenceSchema } from './reference.ts';
import { soldSearchSchema } from './sold-search.ts';

describe('what an organizer looks for', () => {
  it.each([
    ['EVT-7K3M9Q', { kind: 'reference', reference: 'EVT-7K3M9Q' }],
    ['evt 7k3m9q', { kind: 'reference', reference: 'EVT-7K3M9Q' }],
    ['Ada@Example.ORG', { kind: 'keys', whole: ['ada@example.org'], begun: null }],
    ['Ada  Lovelace', { kind: 'keys', whole: ['ada'], begun: 'lovelace' }],
    ['Evtimov', { kind: 'keys', whole: [], begun: 'evtimov' }],
    // Without EVT it may as well be a name.
    ['Miller', { kind: 'keys', whole: [], begun: 'miller' }],
  ])('%j is understood', (text, search) => {
    expect(soldSearchSchema.parse(text)).toEqual(search);
  });

  it.each(['', '?!', 'a', 'Ada L', 'a b c d e f g h ij'])(
    '%j is refused, and told what may be asked',
    (text) => {
      expect(soldSearchSchema.safeParse(text).error?.issues[0]?.message).toContain(
        'a reference like EVT-ABC123',
      );
    },
  );
});

test.each([
  ['EVT-7K3M9Q', 'EVT-7K3M9Q'],
  ['7k3m9q', 'EVT-7K3M9Q'],
  ['evt—7k3 m9q', 'EVT-7K3M9Q'],
  // Letters that references do not have, for the digits that they look like.
  ['EVT-oil123', 'EVT-011123'],
  ['EVTABC', 'EVT-EVTABC'],
  ['EVT-7K3M9', null],
  ['EVT-7K3M9U', null],
  ['', null],
])('a reference that was said as %j is %j', (text, reference) => {
  expect(parseReference(text)).toBe(reference);
  expect(referenceSchema.safeParse(text).success).toBe(reference !== null);
});

import type { EventId, VisitorId } from '@eventhorizon/core/shared/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacQueuePasses } from './hmac-queue-passes.ts';
import { randomSeeds } from './random-seeds.ts';

const passes = hmacQueuePasses('a secret of thirty-two characters');
const pass = {
  eventId: 'evt_01h455vb4pex5vsknk084sn02q' as EventId,
  person: 'vis_01h455vb4pex5vsknk084sn02q' as VisitorId,
  number: 41,
};
const token = passes.issue(pass);

test('what was issued is read as it was', () => {
  expect(passes.read(token)).toEqual(pass);
});

test('a pass that is changed anywhere before its last character is none', () => {
  fc.assert(
    fc.property(fc.nat(token.length - 2), fc.string({ minLength: 1, maxLength: 1 }), (at, other) => {
      fc.pre(token[at] !== other);
      expect(passes.read(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }),
  );
});

test('neither another secret’s pass nor another kind of token is one', () => {
  expect(hmacQueuePasses('another secret of 32 characters!').read(token)).toBeNull();
  expect(passes.read('')).toBeNull();
  expect(passes.read('.')).toBeNull();
  expect(passes.read(`${pass.person}.${token.split('.').at(-1)}`)).toBeNull();
});

test('seeds have 128 bits and do not repeat', () => {
  const seeds = Array.from({ length: 100 }, () => randomSeeds.next());
  expect(seeds.every((seed) => /^[0-9a-f]{32}$/.test(seed))).toBe(true);
  expect(new Set(seeds).size).toBe(100);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REFERENCE_PATTERN, referenceOf } from './reference.ts';

test('any six random bytes make a reference of unambiguous characters', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 12 }), (bytes) => {
      expect(referenceOf(bytes)).toMatch(REFERENCE_PATTERN);
    }),
  );
});

test('references differ whenever the bits that count differ', () => {
  const bytes = (n: number) => new Uint8Array([n & 31, (n >> 5) & 31, (n >> 10) & 31, 0, 0, 0]);
  const all = new Set(Array.from({ length: 32_768 }, (_, n) => referenceOf(bytes(n))));
  expect(all.size).toBe(32_768);
});

test('too little randomness is an error', () => {
  expect(() => referenceOf(new Uint8Array(5))).toThrow(RangeError);
});

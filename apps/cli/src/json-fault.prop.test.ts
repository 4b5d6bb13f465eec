import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFaultOffset } from './json-fault.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('jsonFaultOffset', () => {
  it('finds no fault in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(jsonFaultOffset(JSON.stringify(value, null, indent))).toBeNull();
      }),
    );
  });

  it('agrees with JSON.parse on every damaged text', () => {
    const damage = fc.record({ at: fc.nat(200), cut: fc.nat(3), put: fc.string({ maxLength: 2 }) });
    fc.assert(
      fc.property(fc.json(), damage, (text, { at, cut, put }) => {
        const damaged = text.slice(0, at) + put + text.slice(at + cut);
        expect(jsonFaultOffset(damaged) === null).toBe(parses(damaged));
      }),
    );
  });

  it.each([
    ['{\n  "title": oops\n}', 13],
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1, 2', 5],
    ['', 0],
    ['{} x', 3],
  ])('names the place in %j', (text, offset) => {
    expect(jsonFaultOffset(text)).toBe(offset);
  });
});

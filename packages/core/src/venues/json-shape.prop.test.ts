import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfSyntaxError } from './json-shape.ts';

const offsetOf = (text: string): number => {
  const [, line, column] = /line (\d+), column (\d+)/.exec(placeOfSyntaxError(text)) ?? [];
  const lines = text.split('\n').slice(0, Number(line) - 1);
  return lines.reduce((sum, l) => sum + l.length + 1, 0) + Number(column) - 1;
};
describe('the place of a JSON fault', () => {
  it('is the end of any text that is whole JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(offsetOf(text)).toBe(text.length);
      }),
    );
  });

  it('is never behind the first character that spoils it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        // No JSON holds this control character anywhere, not even in a string.
        const offset = at % (json.length + 1);
        expect(offsetOf(`${json.slice(0, offset)}\u0001${json.slice(offset)}`)).toBeLessThanOrEqual(offset);
      }),
    );
  });

  it.each([
    ['{"a": 1,\n "b": [1,,2]}', 'line 2, column 10'],
    ['{"a" 1}', 'line 1, column 6'],
    ['{"a": 1', 'line 1, column 8'],
    ["{'a': 1}", 'line 1, column 2'],
    ['[1] 2', 'line 1, column 5'],
    ['["a\tb"]', 'line 1, column 4'],
    ['["\\x"]', 'line 1, column 3'],
    ['[01]', 'line 1, column 3'],
    ['[1,]', 'line 1, column 4'],
    ['{,}', 'line 1, column 2'],
  ])('of %j is %s', (text, place) => {
    expect(placeOfSyntaxError(text)).toBe(place);
  });
});

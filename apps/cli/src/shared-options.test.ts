import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { integerOption, repeated } from './shared-options.ts';

describe('the values of options', () => {
  test('a whole number within its bounds is read', () => {
    expect(['1', '7', '100'].map(integerOption(1, 100))).toEqual([1, 7, 100]);
    expect(integerOption(0)('0')).toBe(0);
  });

  test.each(['0', '101', '1.5', '-1', '', ' ', 'many', '1e9', 'NaN'])(
    '%j is refused with the bounds',
    (text) => {
      expect(() => integerOption(1, 100)(text)).toThrow(InvalidArgumentError);
      expect(() => integerOption(1, 100)(text)).toThrow('It must be a whole number, 1 to 100.');
    },
  );

  test('without an upper bound none is told', () => {
    expect(() => integerOption(1)('0')).toThrow('It must be a whole number from 1 on.');
  });

  test('an option that is given again keeps what was given before', () => {
    expect(repeated('b', repeated('a'))).toEqual(['a', 'b']);
  });
});

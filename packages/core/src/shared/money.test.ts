import { describe, expect, test } from 'vitest';
import {
  addMoney,
  allocate,
  currencySchema,
  equalMoney,
  exponentOf,
  formatMoney,
  minorUnitsSchema,
  money,
  moneySchema,
  subtractMoney,
  sumMoney,
} from './money.ts';

const eur = (amount: number) => money(amount, 'EUR');
const amounts = (parts: readonly { amount: number }[]) => parts.map(({ amount }) => amount);

describe('allocate', () => {
  test.each([
    ['a cent that does not divide goes to the earlier part', 100, [1, 1, 1], [34, 33, 33]],
    ['the largest remainder is served first', 10, [1, 2, 4], [1, 3, 6]],
    ['nothing but zero weights: an even split', 5, [0, 0], [3, 2]],
    ['a zero weight among others gets nothing', 100, [0, 1, 2], [0, 33, 67]],
    ['zero is split into zeros', 0, [3, 1], [0, 0]],
    ['a negative amount is split like its opposite', -100, [1, 1, 1], [-34, -33, -33]],
    ['one part gets all', 99_999_999, [7], [99_999_999]],
  ])('%s', (_name, amount, weights, parts) => {
    expect(amounts(allocate(eur(amount), weights))).toEqual(parts);
  });

  // 5.68 and 76.68 leave the same remainder; computed in doubles the later one seems greater and takes the unit.
  test('a tie goes to the earlier part also where floating point sees no tie', () => {
    expect(amounts(allocate(eur(142), [1, 2, 27, 20]))).toEqual([3, 6, 76, 57]);
  });

  test.each([[[]], [[-1, 2]], [[0.5, 0.5]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])(
    'weights %j are refused',
    (weights) => {
      expect(() => allocate(eur(1), weights)).toThrow(RangeError);
    },
  );
});

test('amounts of two currencies are never mixed', () => {
  for (const mix of [addMoney, subtractMoney]) {
    expect(() => mix(eur(1), money(1, 'USD'))).toThrow('cannot mix EUR and USD');
  }
  expect(() => sumMoney([eur(1)], 'JPY')).toThrow(RangeError);
  expect(equalMoney(eur(1), money(1, 'USD'))).toBe(false);
});

test('sums and differences are whole minor units', () => {
  expect(sumMoney([eur(10), eur(20), eur(-5)], 'EUR')).toEqual(eur(25));
  expect(sumMoney([], 'EUR')).toEqual(eur(0));
  expect(subtractMoney(eur(10), eur(20))).toEqual(eur(-10));
  expect(equalMoney(eur(3), eur(3))).toBe(true);
});

test.each([0.5, Number.NaN, 2 ** 53])('%d is no amount', (amount) => {
  expect(() => money(amount, 'EUR')).toThrow(RangeError);
});

test.each([
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
  ['BHD', 3],
])('%s has %d digits after the point', (currency, digits) => {
  expect(exponentOf(currency)).toBe(digits);
});

test('a code that is no currency has no exponent and passes no schema', () => {
  expect(() => exponentOf('XYZ')).toThrow(RangeError);
  expect(currencySchema.safeParse('XYZ').success).toBe(false);
  expect(currencySchema.safeParse('eur').success).toBe(false);
  expect(moneySchema.safeParse({ amount: 1, currency: 'EUR' }).success).toBe(true);
});

test.each([-1, 1.5, 100_000_000, '5'])('%j is no price', (amount) => {
  expect(minorUnitsSchema.safeParse(amount).success).toBe(false);
});

test.each([
  [1250, 'EUR', '12.50 EUR'],
  [5, 'EUR', '0.05 EUR'],
  [-5, 'EUR', '-0.05 EUR'],
  [1250, 'JPY', '1250 JPY'],
  [0, 'JPY', '0 JPY'],
  [1250, 'KWD', '1.250 KWD'],
  [-1, 'KWD', '-0.001 KWD'],
])('%d minor units of %s are written %s', (amount, currency, text) => {
  expect(formatMoney(money(amount, currency))).toBe(text);
});

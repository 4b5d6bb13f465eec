import { exponentOf, money } from '@eventhorizon/core/shared/money';
import { describe, expect, it } from 'vitest';
import { fromStripeAmount, stripeUnits, toStripeAmount } from './stripe-currency.ts';

describe('amounts as Stripe counts them', () => {
  it.each([
    ['cents are cents', 1_250, 'EUR', 1_250],
    ['yen have no fraction', 500, 'JPY', 500],
    ['a króna is written with two zeros', 5, 'ISK', 500],
    ['a Ugandan shilling is written with two zeros', 5, 'UGX', 500],
    ['a whole ariary loses its two digits', 500, 'MGA', 5],
    ['forints keep their two digits when charged', 1_045, 'HUF', 1_045],
    ['dinars have three digits', 5_120, 'KWD', 5_120],
  ])('%s', (_what, amount, currency, told) => {
    expect(toStripeAmount(money(amount, currency))).toBe(told);
    expect(fromStripeAmount(told, currency.toLowerCase())).toEqual(money(amount, currency));
  });

  it.each([
    ['the last digit of a dinar', 5_124, 'KWD'],
    ['a fraction of an ariary', 550, 'MGA'],
    ['a dinar that Stripe does not know', 1_000, 'IQD'],
    ['a unit of four digits', 10_000, 'CLF'],
  ])('%s cannot be charged exactly, and is not rounded', (_what, amount, currency) => {
    expect(toStripeAmount(money(amount, currency))).toBeNull();
  });

  it('an amount of Stripe that is no whole number of ours is an error, not a rounded amount', () => {
    expect(() => fromStripeAmount(550, 'isk')).toThrow(RangeError);
    expect(() => fromStripeAmount(550, 'xyz')).toThrow(RangeError);
  });

  it('differs from ISO only where Stripe documents it', () => {
    const differing = ['EUR', 'USD', 'JPY', 'ISK', 'UGX', 'MGA', 'KWD', 'HUF', 'TWD', 'KRW', 'XOF'].filter(
      (code) => stripeUnits(code).exponent !== exponentOf(code),
    );
    expect(differing).toEqual(['ISK', 'UGX', 'MGA']);
  });
});

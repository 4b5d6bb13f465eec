import currencyCodes from 'currency-codes';
import { z } from 'zod';

/** An amount in minor units (cents, yen, fils) of an ISO 4217 currency. Always an integer. */
export type Money = { readonly amount: number; readonly currency: string };

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like EUR')
  .refine((code) => currencyCodes.code(code) !== undefined, 'is not a currency of ISO 4217');

/** Up to 9,999,999.99 of a two-digit currency: Stripe takes eight digits at most. */
export const minorUnitsSchema = z.int().min(0).max(99_999_999);

export const moneySchema = z.object({ amount: minorUnitsSchema, currency: currencySchema });

/** Digits after the point by ISO 4217: JPY 0, EUR 2, KWD 3. Throws on a code that is none. */
export const exponentOf = (currency: string): number => {
  const record = currencyCodes.code(currency);
  if (record === undefined) throw new RangeError(`not an ISO 4217 currency: ${currency}`);
  return record.digits;
};

export const money = (amount: number, currency: string): Money => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of minor units: ${amount}`);
  return { amount, currency };
};

const sameCurrency = (a: Money, b: Money): string => {
  if (a.currency !== b.currency) throw new RangeError(`cannot mix ${a.currency} and ${b.currency}`);
  return a.currency;
};

export const addMoney = (a: Money, b: Money): Money => money(a.amount + b.amount, sameCurrency(a, b));
export const subtractMoney = (a: Money, b: Money): Money => money(a.amount - b.amount, sameCurrency(a, b));
export const sumMoney = (parts: readonly Money[], currency: string): Money =>
  parts.reduce(addMoney, money(0, currency));
export const equalMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/**
 * Splits an amount over weights so that the parts sum to it exactly: largest remainder, ties to the earlier part.
 * Weights are non-negative whole numbers; with all of them zero the split is even, otherwise a weight of zero gets nothing.
 * A negative amount is split like its opposite, so that what was shared out is taken back alike. Computed in BigInt: an
 * amount times a weight leaves the range in which a double is exact.
 */
export const allocate = (whole: Money, weights: readonly number[]): Money[] => {
  if (weights.length === 0) throw new RangeError('nothing to allocate to');
  const bad = weights.find((weight) => !Number.isSafeInteger(weight) || weight < 0);
  if (bad !== undefined) throw new RangeError(`not a non-negative whole weight: ${bad}`);
  const given = weights.map(BigInt);
  const sum = given.reduce((a, b) => a + b, 0n);
  const [shares, total] = sum === 0n ? [given.map(() => 1n), BigInt(given.length)] : [given, sum];
  const amount = BigInt(Math.abs(whole.amount));
  const parts = shares.map((share, index) => ({
    index,
    units: (amount * share) / total,
    remainder: (amount * share) % total,
  }));
  const left = amount - parts.reduce((a, { units }) => a + units, 0n);
  const raised = new Set(
    parts
      .toSorted((a, b) =>
        a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
      )
      .slice(0, Number(left))
      .map(({ index }) => index),
  );
  const sign = whole.amount < 0 ? -1 : 1;
  // `+ 0` turns the minus zero of a negative amount into zero.
  return parts.map(({ units, index }) =>
    money(sign * (Number(units) + (raised.has(index) ? 1 : 0)) + 0, whole.currency),
  );
};

/** So many percent of an amount, half a minor unit up: the one place where a share is rounded by itself. `amount` and `percent` are not negative. */
export const percentOf = ({ amount, currency }: Money, percent: number): Money =>
  money(Number((BigInt(amount) * BigInt(percent) + 50n) / 100n), currency);

/** `12.50 EUR`, `1250 JPY`, `1.250 KWD`: the same everywhere, for logs, e-mails and the CLI. */
export const formatMoney = ({ amount, currency }: Money): string => {
  const exponent = exponentOf(currency);
  const digits = Math.abs(amount)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amount < 0 ? '-' : '';
  return exponent === 0
    ? `${sign}${whole} ${currency}`
    : `${sign}${whole}.${digits.slice(-exponent)} ${currency}`;
};

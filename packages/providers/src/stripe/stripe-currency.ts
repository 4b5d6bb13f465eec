import { exponentOf, type Money, money } from '@eventhorizon/core/shared/money';

/**
 * How Stripe counts a currency in its API, apart from ISO 4217 (docs.stripe.com/currencies, read 2026-10).
 * `exponent`: digits after the point in Stripe's amounts. `step`: amounts must be its multiples.
 */
export type StripeUnits = { readonly exponent: number; readonly step: number };

/** docs.stripe.com/currencies#zero-decimal, without UGX, which "special cases" on the same page overrides. MGA has two digits in ISO. */
const ZERO_DECIMAL = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** docs.stripe.com/currencies#special-cases: without fractions, yet written with two digits that are always 00. (HUF and TWD are special for payouts only.) */
const WHOLE_IN_TWO_DIGITS = new Set(['ISK', 'UGX']);
/** docs.stripe.com/currencies#three-decimal: the last digit must be 0. */
const THREE_DECIMAL = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

export const stripeUnits = (currency: string): StripeUnits => {
  if (ZERO_DECIMAL.has(currency)) return { exponent: 0, step: 1 };
  if (WHOLE_IN_TWO_DIGITS.has(currency)) return { exponent: 2, step: 100 };
  if (THREE_DECIMAL.has(currency)) return { exponent: 3, step: 10 };
  return { exponent: 2, step: 1 };
};

/** Stripe knows these with fewer digits than ISO gives them, or not at all: an amount of ours cannot be told in theirs. */
const isTold = (currency: string): boolean => exponentOf(currency) <= 2 || THREE_DECIMAL.has(currency);

/**
 * Our minor units as Stripe's amount; null when Stripe cannot charge exactly this amount (a fraction of an ariary, a dinar's last digit
 * other than 0, a currency with digits that Stripe does not have). Throws RangeError on a code that is not of ISO 4217.
 */
export const toStripeAmount = ({ amount, currency }: Money): number | null => {
  if (!isTold(currency)) return null;
  const { exponent, step } = stripeUnits(currency);
  const shift = exponent - exponentOf(currency);
  const told = shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift;
  return Number.isSafeInteger(told) && told % step === 0 ? told : null;
};

/** Stripe's amount as Money; `currency` as Stripe writes it, in lower case. Throws RangeError on an amount that is no whole number of our minor units. */
export const fromStripeAmount = (told: number, currency: string): Money => {
  const code = currency.toUpperCase();
  const shift = exponentOf(code) - stripeUnits(code).exponent;
  return money(shift >= 0 ? told * 10 ** shift : told / 10 ** -shift, code);
};

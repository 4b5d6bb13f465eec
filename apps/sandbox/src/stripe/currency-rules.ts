import { invalidRequest } from './api-error.ts';

const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
/** Amounts that must end in `00` (docs.stripe.com/currencies#special-cases). */
const WHOLE_UNITS = new Set(['isk', 'ugx']);
/** Amounts whose last digit must be 0 (docs.stripe.com/currencies#three-decimal). */
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
/** In the currency's smallest unit (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const MINIMUM: Readonly<Record<string, number>> = {
  usd: 50,
  eur: 50,
  chf: 50,
  aud: 50,
  cad: 50,
  gbp: 30,
  jpy: 50,
};
const MAXIMUM = 99_999_999;

/** Refuses what Stripe refuses about an amount; `currency` in any case. */
export const checkCharge = (amount: number, currency: string): void => {
  const code = currency.toLowerCase();
  if (!KNOWN.has(code)) throw invalidRequest(`Invalid currency: ${currency}.`, { param: 'currency' });
  if (amount < (MINIMUM[code] ?? 1))
    throw invalidRequest('Amount must be at least the minimum charge amount.', {
      code: 'amount_too_small',
      param: 'amount',
    });
  if (amount > MAXIMUM)
    throw invalidRequest(`Amount must be no more than ${MAXIMUM}.`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  const step = WHOLE_UNITS.has(code) ? 100 : THREE_DECIMALS.has(code) ? 10 : 1;
  if (amount % step !== 0)
    throw invalidRequest(
      `Invalid amount. Charged amounts in ${code.toUpperCase()} must be evenly divisible by ${step}.`,
      // The code that Stripe documents for the króna (support.stripe.com, deprecation of fractional ISK charges).
      step === 100
        ? { code: 'invalid_charge_amount_no_decimal_compatible', param: 'amount' }
        : { param: 'amount' },
    );
};

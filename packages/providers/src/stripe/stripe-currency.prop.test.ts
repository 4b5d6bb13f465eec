import { currencySchema, money } from '@eventhorizon/core/shared/money';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromStripeAmount, stripeUnits, toStripeAmount } from './stripe-currency.ts';

const codes = Intl.supportedValuesOf('currency').filter((code) => currencySchema.safeParse(code).success);
const currency = fc.constantFrom(...codes);
const amount = fc.integer({ min: 0, max: 99_999_999 });

it('in every currency an amount is told exactly or not at all', () => {
  fc.assert(
    fc.property(currency, amount, (code, value) => {
      const told = toStripeAmount(money(value, code));
      if (told === null) return;
      expect(told % stripeUnits(code).step).toBe(0);
      expect(fromStripeAmount(told, code.toLowerCase())).toEqual(money(value, code));
    }),
  );
});

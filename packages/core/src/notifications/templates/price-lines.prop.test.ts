import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponentOf } from '../../shared/money.ts';
import { sampleBooking } from '../../testing/sample-booking.ts';
import { pricesOf } from './price-lines.ts';

const minorUnitsOf = (text: string): number => {
  if (text === 'Free') return 0;
  const [amount = '', currency = ''] = text.split(' ');
  return Math.round(Number(amount) * 10 ** exponentOf(currency));
};

test('the sums that a letter prints add up to the total that it prints, in every kind of currency', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      fc.array(
        fc.record({ amount: fc.integer({ min: 0, max: 9_999 }), type: fc.integer({ min: 0, max: 4 }) }),
        {
          minLength: 1,
          maxLength: 100,
        },
      ),
      (currency, drawn) => {
        const sample = sampleBooking();
        const [line] = sample.lines;
        if (line === undefined) throw new Error('the sample has no lines');
        const lines = drawn.map(({ amount, type }) => ({ ...line, amount, ticketTypeName: `Type ${type}` }));
        const total = { amount: drawn.reduce((sum, { amount }) => sum + amount, 0), currency };
        const prices = pricesOf({ lines, total });
        if (prices.kind !== 'prices') throw new Error('not a block of prices');
        const printed = prices.lines.reduce((sum, each) => sum + minorUnitsOf(each.sum), 0);
        expect(printed).toBe(minorUnitsOf(prices.total));
      },
    ),
  );
});

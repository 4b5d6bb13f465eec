import { exponentOf, type Money, money } from '@eventhorizon/core/shared/money';
import { UsageError } from './usage-error.ts';

/** `12.50` of a currency with two digits is 1250 minor units. By text: binary fractions would round. */
export const parseAmount = (text: string, currency: string): Money => {
  const digits = exponentIn(currency);
  const [, whole = '', fraction = ''] = /^(\d{1,8})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '' || fraction.length > digits)
    throw new UsageError(`${text} is no amount in ${currency}. Write it like ${example(digits)}`);
  return money(Number(whole + fraction.padEnd(digits, '0')), currency);
};

const exponentIn = (currency: string): number => {
  try {
    return exponentOf(currency);
  } catch {
    throw new UsageError(`${currency} is not a currency of ISO 4217. Write it like EUR`);
  }
};

const example = (digits: number): string => (digits === 0 ? '12' : `12.${'5'.padEnd(digits, '0')}`);

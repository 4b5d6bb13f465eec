import { describe, expect, test } from 'vitest';
import { countingIds } from '../testing/counting-ids.ts';
import { checkoutInput } from './checkout-input.ts';

const ids = countingIds();
const input = (buyer: Record<string, unknown> = {}) => ({
  eventId: ids.next('evt'),
  holdId: ids.next('hld'),
  buyer: { name: '  Ada Lovelace ', email: 'ada@example.org', ...buyer },
  lines: [{ unitId: 's:1', ticketTypeId: ids.next('tty') }],
});

describe('the input of a checkout', () => {
  test('needs a name, an e-mail address and a line; the rest is optional', () => {
    const parsed = checkoutInput.parse(input());
    expect(parsed.buyer).toEqual({
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      phone: null,
      statistics: null,
    });
    expect(parsed.lines[0]?.attendeeName).toBeNull();
  });

  test('keeps statistics only with consent', () => {
    const statistics = { birthYear: 1990, city: 'Berlin', gender: null };
    const withConsent = checkoutInput.parse(input({ statistics: { ...statistics, consent: true } }));
    expect(withConsent.buyer.statistics).toEqual(statistics);
    const without = checkoutInput.parse(input({ statistics: { ...statistics, consent: false } }));
    expect(without.buyer.statistics).toBeNull();
  });

  test.each([
    ['an e-mail address that is none', { email: 'ada' }],
    ['a telephone number without its country', { phone: '030 123456' }],
    ['an SMS to no number', { wantsSms: true }],
    ['an empty name', { name: '   ' }],
    ['a name with control characters', { name: 'Ada\u0000' }],
  ])('refuses %s', (_name, buyer) => {
    expect(checkoutInput.safeParse(input(buyer)).success).toBe(false);
  });

  test('carries no price: an amount that a client sends is dropped', () => {
    const [line] = input().lines;
    const parsed = checkoutInput.parse({ ...input(), lines: [{ ...line, amount: 1 }] });
    expect(parsed.lines[0]).not.toHaveProperty('amount');
  });
});

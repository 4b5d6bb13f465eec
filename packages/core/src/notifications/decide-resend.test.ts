import { describe, expect, test } from 'vitest';
import { addMs, DAY_MS, HOUR_MS } from '../shared/clock.ts';
import { isDomainError } from '../shared/errors.ts';
import { decideResend, MAX_RESENT_A_DAY } from './decide-resend.ts';

const NOW = new Date('2026-11-01T10:00:00Z');
const hourly = (count: number, by: 'buyer' | 'organizer' = 'buyer') =>
  Array.from({ length: count }, (_, i) => ({ number: i + 1, by, at: addMs(NOW, -i * HOUR_MS) }));
const refused = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return isDomainError(error, 'notification.too_many') ? error.details : error;
  }
};

describe('sending tickets again', () => {
  test('counts on from the latest letter', () => {
    expect(decideResend([], 'buyer', NOW)).toBe(1);
    expect(decideResend(hourly(3), 'buyer', NOW)).toBe(4);
  });
  test('is refused when a day has its letters, with the time at which the oldest of them is a day old', () => {
    const { buyer } = MAX_RESENT_A_DAY;
    expect(decideResend(hourly(buyer - 1), 'buyer', NOW)).toBe(buyer);
    expect(refused(() => decideResend(hourly(buyer), 'buyer', NOW))).toEqual({
      limit: buyer,
      retryAfterMs: DAY_MS - (buyer - 1) * HOUR_MS,
    });
  });
  test('by the organizer does not use up what the buyer may, nor the other way round', () => {
    expect(decideResend(hourly(10, 'organizer'), 'buyer', NOW)).toBe(11);
    expect(decideResend(hourly(10), 'organizer', NOW)).toBe(11);
  });
  test('is free again a day later', () => {
    expect(decideResend(hourly(5), 'buyer', addMs(NOW, DAY_MS))).toBe(6);
  });
});

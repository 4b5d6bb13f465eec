import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../shared/clock.ts';
import { createdPayment, pendingBooking } from '../testing/sale-records.ts';
import { decideClose, PREPARING_LIMIT_MS } from './decide-close.ts';
import { MAX_INTENT_ATTEMPTS } from './obtain-intent.ts';

const booking = pendingBooking();
const after = (minutes: number) => new Date(booking.createdAt.getTime() + minutes * MINUTE_MS);

describe('the end of an unpaid booking', () => {
  test('comes when the time to pay is over, not before', () => {
    expect(decideClose(booking, createdPayment(), 'unpaid', after(14))).toEqual({
      do: 'wait',
      ms: MINUTE_MS,
    });
    expect(decideClose(booking, createdPayment(), 'unpaid', after(15))).toEqual({ do: 'close' });
  });

  test('follows the booking’s own time, which may have moved', () => {
    const moved = pendingBooking({ payBy: after(30) });
    expect(decideClose(moved, createdPayment(), 'unpaid', after(15))).toMatchObject({ do: 'wait' });
  });

  test('waits for a payment that could not be made yet, but not for ever', () => {
    const unprepared = createdPayment({ intentId: null });
    expect(decideClose(booking, unprepared, 'unpaid', after(20))).toEqual({ do: 'wait', ms: MINUTE_MS });
    const limit = new Date(booking.createdAt.getTime() + PREPARING_LIMIT_MS);
    expect(decideClose(booking, unprepared, 'unpaid', limit)).toEqual({ do: 'close' });
  });

  test('does not wait longer than the time to pay for a payment that the provider refused for good', () => {
    const refused = createdPayment({ intentId: null, attempt: MAX_INTENT_ATTEMPTS });
    expect(decideClose(booking, refused, 'unpaid', after(14))).toEqual({ do: 'wait', ms: MINUTE_MS });
    expect(decideClose(booking, refused, 'unpaid', after(15))).toEqual({ do: 'close' });
  });

  test.each(['buyer', 'event', 'organizer'] as const)('comes at once when asked for by %s', (reason) => {
    expect(decideClose(booking, createdPayment(), reason, after(0))).toEqual({ do: 'close' });
  });

  test('goes on once it has begun', () => {
    const closing = pendingBooking({ status: 'closing', closeReason: 'buyer' });
    expect(decideClose(closing, createdPayment(), 'unpaid', after(0))).toEqual({ do: 'close' });
  });

  test('never comes over money that is here', () => {
    const paid = createdPayment({ status: 'captured', captured: 4_000 });
    for (const status of ['pending', 'closing'] as const)
      expect(decideClose(pendingBooking({ status }), paid, 'unpaid', after(60))).toEqual({ do: 'nothing' });
  });

  test.each(['confirmed', 'expired', 'cancelled'] as const)('is nothing for one that is %s', (status) => {
    expect(decideClose(pendingBooking({ status }), createdPayment(), 'buyer', after(60))).toEqual({
      do: 'nothing',
    });
  });

  test('of a free booking is only asked for, never due', () => {
    const free = pendingBooking({ paymentId: null, payBy: null });
    expect(decideClose(free, null, 'unpaid', after(600))).toEqual({ do: 'nothing' });
    expect(decideClose(free, null, 'buyer', after(0))).toEqual({ do: 'close' });
  });
});

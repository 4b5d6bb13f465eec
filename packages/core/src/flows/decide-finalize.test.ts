import { describe, expect, test } from 'vitest';
import { BOOKING_STATUSES, bookingTransitions } from '../bookings/booking.ts';
import { testId } from '../inventory/testing/seated-event.ts';
import { canMove } from '../shared/state-machine.ts';
import { createdPayment, pendingBooking } from '../testing/sale-records.ts';
import { type ArrivedMoney, decideFinalize } from './decide-finalize.ts';

const money = (change: Partial<NonNullable<ArrivedMoney>> = {}): ArrivedMoney => ({
  intentId: 'pi_1',
  amount: 5_000,
  currency: 'EUR',
  paidAt: new Date(0),
  ...change,
});
const free = { paymentId: null, payBy: null, total: { amount: 0, currency: 'EUR' } };

describe('what to do when money comes', () => {
  test.each([
    ['pending', 'confirm'],
    ['closing', 'confirm'],
    ['expired', 'late'],
    ['cancelled', 'refund'],
  ] as const)('for a booking that is %s: %s', (status, decision) => {
    expect(decideFinalize(pendingBooking({ status }), createdPayment(), 'published', money())).toBe(decision);
  });

  test('a booking is confirmed only from where its table allows it', () => {
    for (const status of BOOKING_STATUSES) {
      const decision = decideFinalize(pendingBooking({ status }), createdPayment(), 'published', money());
      if (decision === 'confirm' || decision === 'late')
        expect(canMove(bookingTransitions, status, 'confirmed')).toBe(true);
    }
  });

  test('the same money again is nothing', () => {
    const payment = createdPayment({ status: 'captured', captured: 5_000 });
    for (const status of BOOKING_STATUSES)
      expect(decideFinalize(pendingBooking({ status }), payment, 'published', money())).toBe('nothing');
  });

  test('what was taken by hand has no intent: money that names one is for a person to look at', () => {
    const payment = createdPayment({
      status: 'captured',
      captured: 5_000,
      intentId: null,
      offline: { method: 'cash', takenBy: testId('usr') },
    });
    for (const status of BOOKING_STATUSES)
      expect(decideFinalize(pendingBooking({ status }), payment, 'published', money())).toBe('unexpected');
  });

  test.each([{ amount: 4_999 }, { amount: 5_001 }, { currency: 'JPY' }])('%o is a mismatch', (wrong) => {
    for (const status of ['pending', 'closing', 'expired'] as const)
      expect(decideFinalize(pendingBooking({ status }), createdPayment(), 'published', money(wrong))).toBe(
        'mismatch',
      );
  });

  test('another intent than the noted one is unexpected; one that was not noted yet is the booking’s', () => {
    const other = money({ intentId: 'pi_2' });
    expect(decideFinalize(pendingBooking(), createdPayment(), 'published', other)).toBe('unexpected');
    expect(decideFinalize(pendingBooking(), createdPayment({ intentId: null }), 'published', other)).toBe(
      'confirm',
    );
    expect(decideFinalize(pendingBooking(free), null, 'published', money())).toBe('unexpected');
  });

  test.each([
    ['published', 'late'],
    ['postponed', 'late'],
    ['draft', 'refund'],
    ['completed', 'refund'],
    ['cancelled', 'refund'],
  ] as const)('for an expired booking of an event that is %s: %s', (eventStatus, decision) => {
    const expired = pendingBooking({ status: 'expired' });
    expect(decideFinalize(expired, createdPayment(), eventStatus, money())).toBe(decision);
  });

  test('a bank that decides only when the show is over brings no ticket', () => {
    const closing = pendingBooking({ status: 'closing' });
    expect(decideFinalize(closing, createdPayment(), 'completed', money())).toBe('refund');
  });

  test('who gave the booking up, and whose units were freed by force then, gets the money back and no tickets', () => {
    const expired = pendingBooking({ status: 'expired', closeReason: 'buyer' });
    expect(decideFinalize(expired, createdPayment(), 'published', money())).toBe('refund');
  });

  test('on a cancelled event it goes back', () => {
    for (const status of ['pending', 'closing', 'expired', 'cancelled'] as const)
      expect(decideFinalize(pendingBooking({ status }), createdPayment(), 'cancelled', money())).toBe(
        'refund',
      );
  });
});

describe('a free booking', () => {
  test('is confirmed while pending, and left alone once it was given up', () => {
    expect(decideFinalize(pendingBooking(free), null, 'published', null)).toBe('confirm');
    for (const status of ['closing', 'confirmed', 'expired', 'cancelled'] as const)
      expect(decideFinalize(pendingBooking({ ...free, status }), null, 'published', null)).toBe('nothing');
  });

  test('of a cancelled event ends', () => {
    expect(decideFinalize(pendingBooking(free), null, 'cancelled', null)).toBe('end_free');
  });

  test('is never made of one that costs something', () => {
    expect(decideFinalize(pendingBooking(), createdPayment(), 'published', null)).toBe('nothing');
  });
});

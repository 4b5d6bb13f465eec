import { describe, expect, test } from 'vitest';
import { sampleBooking } from '../../testing/sample-booking.ts';
import { smsOf } from './sms-of.ts';

const LINK = 'https://tickets.example/t/0123456789abcdefghjk';
const about = (title: string) => {
  const booking = sampleBooking();
  return smsOf('booking_confirmed', { ...booking, event: { ...booking.event, title } }, 2, LINK);
};

describe('the text of an SMS', () => {
  test('is one message in the alphabet of GSM, however long the title is', () => {
    const text = about('A very long title of a very long evening, '.repeat(5));
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toBe(
      `EVT-7K3M9Q: 2 tickets for A very long title of a very long evening, A very long title of a very..., 31 Dec 20:00 ${LINK}`,
    );
  });
  test('counts the characters that take two places as two', () => {
    const text = about('€'.repeat(100));
    expect(text.length + (text.match(/€/g)?.length ?? 0)).toBeLessThanOrEqual(160);
  });
  test('is two messages at most in any other script, and cuts no character in two', () => {
    const text = about('👩‍👩‍👧‍👦日本'.repeat(30));
    expect(text.length).toBeLessThanOrEqual(134);
    expect(text.replaceAll('👩‍👩‍👧‍👦', '')).not.toMatch(/\p{Surrogate}|\u200d/u);
  });
  test('ends in the link, and cannot be broken into lines by a title', () => {
    const text = about('Two\r\nlines');
    expect(text).not.toMatch(/[\r\n]/);
    expect(text.endsWith(` ${LINK}`)).toBe(true);
  });
  test('says that places are others when money came late', () => {
    expect(smsOf('late_payment_moved', sampleBooking(), 1, LINK)).toContain(
      'paid late, other places: 1 ticket for',
    );
  });
});

import { expect, test } from 'vitest';
import { acceptTransferSchema, startTransferSchema } from './transfer-input.ts';

const start = (message: string) =>
  startTransferSchema.safeParse({
    ticketId: `tkt_${'1'.padStart(26, '0')}`,
    email: 'bob@example.org',
    message,
  });

test.each([
  'Happy birthday! See you at 8.',
  'Row 4... finally.\nYours, A. L.',
  'Doors at 19.30, seat 4.2',
  'До встречи! 🎉',
])('a few friendly words are let through: %s', (message) => {
  expect(start(message)).toMatchObject({ success: true });
});

test.each([
  'https://evil.example/win',
  'go to www.evil',
  'Look at evil.example now',
  'write to me@evil.example',
  'бесплатно.рф',
])('what mail programs make a link of is refused: %s', (message) => {
  expect(start(message).success).toBe(false);
});

test('a message of nothing is none', () => {
  expect(start('  \n ')).toMatchObject({ success: true, data: { message: null } });
});

test('an SMS needs a number', () => {
  expect(acceptTransferSchema.safeParse({ token: 'x', wantsSms: true }).success).toBe(false);
  expect(acceptTransferSchema.safeParse({ token: 'x', wantsSms: true, phone: '+491701234567' }).success).toBe(
    true,
  );
});

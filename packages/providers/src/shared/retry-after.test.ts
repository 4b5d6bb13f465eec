import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

it('Retry-After is read as seconds or as a date, and never as a pause in the past', () => {
  const now = Date.parse('2026-10-21T07:28:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('Wed, 21 Oct 2026 07:28:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Wed, 21 Oct 2026 07:00:00 GMT', now)).toBe(0);
  for (const unreadable of [undefined, '', 'soon']) expect(retryAfterMs(unreadable, now)).toBeNull();
});

import { entry } from './refusal.ts';

/** What any part may answer. */
export const commonRefusals = {
  'input.invalid': entry<{ issues: readonly { path: string; message: string }[] }>(
    'invalid',
    ({ issues }) => `The input is not valid: ${issues.map((i) => `${i.path} ${i.message}`).join('; ')}.`,
  ),
  'thing.not_found': entry<{ thing: string }>('not_found', ({ thing }) => `There is no such ${thing}.`),
  'busy.try_again': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'Too much is happening at once. Nothing was changed; try again in a moment.',
  ),
  'service.unreachable': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'A part of the service cannot be reached right now. Try again in a moment.',
  ),
  'deadline.passed': entry<{ retryAfterMs: number }>(
    'unavailable',
    () => 'This took too long, and may or may not have been done. Look before you repeat it.',
  ),
  'cursor.invalid': entry('invalid', () => 'This page cursor is not valid. Start again from the first page.'),

  'webhook.bad_signature': entry(
    'invalid',
    () =>
      'The signature of this webhook is not valid. Check the endpoint’s signing secret (STRIPE_WEBHOOK_SECRET).',
  ),
} as const;

import { expect, test } from 'vitest';
import { draftEvent } from '../testing/draft-event.ts';
import { waitlistState } from './waitlist-state.ts';

const event = draftEvent({ status: 'published', salesStartAt: null, salesEndAt: null });
const now = new Date(event.startsAt.at.getTime() - 48 * 3_600_000);
const running = { pausedAt: null };

test('the state of a list is what the next unit that comes back would meet', () => {
  expect(waitlistState(event, running, now)).toBe('offering');
  expect(waitlistState(event, { pausedAt: now }, now)).toBe('paused');
  expect(waitlistState({ ...event, status: 'postponed' }, running, now)).toBe('not_yet');
  expect(waitlistState({ ...event, salesStartAt: new Date(now.getTime() + 1) }, running, now)).toBe(
    'not_yet',
  );
  const off = { enabled: false, offerMs: 3_600_000, mode: 'offer' } as const;
  expect(waitlistState({ ...event, waitlist: off }, { pausedAt: now }, now)).toBe('off');
  expect(waitlistState(event, { pausedAt: now }, event.startsAt.at)).toBe('over');
  expect(waitlistState({ ...event, status: 'cancelled' }, running, now)).toBe('over');
});

import { describe, expect, it } from 'vitest';
import { draftEvent, testSeatMap } from '../testing/draft-event.ts';
import { decidePublish } from './decide-publish.ts';
import { EVENT_STATUSES } from './event.ts';

const now = new Date('2026-06-01T00:00:00Z');
const later = new Date('2026-07-01T00:00:00Z');
const code = (name: string) => expect.objectContaining({ code: name });

describe('publishing a draft', () => {
  it('now puts it on sale and forgets a time that was set', () => {
    expect(decidePublish(draftEvent({ publishAt: later }), testSeatMap(), now, now)).toMatchObject({
      status: 'published',
      publishedAt: now,
      publishAt: null,
      revision: 8,
    });
  });

  it('later leaves it a draft with its time set', () => {
    expect(decidePublish(draftEvent(), testSeatMap(), now, later)).toMatchObject({
      status: 'draft',
      publishAt: later,
      publishedAt: null,
    });
  });

  it('later is refused for what would be wrong then', () => {
    const afterStart = new Date('2026-10-01T00:00:00Z');
    expect(() => decidePublish(draftEvent(), testSeatMap(), now, afterStart)).toThrow(
      code('event.not_publishable'),
    );
  });

  it.each(EVENT_STATUSES.filter((status) => status !== 'draft'))(
    'is refused for an event that is %s',
    (status) => {
      expect(() => decidePublish(draftEvent({ status }), testSeatMap(), now, now)).toThrow(
        code('event.bad_move'),
      );
    },
  );

  it('is refused while frozen', () => {
    expect(() => decidePublish(draftEvent({ frozenUntil: now }), testSeatMap(), now, now)).toThrow(
      code('event.frozen'),
    );
  });
});

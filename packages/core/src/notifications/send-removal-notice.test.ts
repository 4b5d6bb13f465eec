import { expect, test } from 'vitest';
import type { OfferId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { inMemoryNotifications } from '../testing/in-memory-notifications.ts';
import type { WaitlistEntry } from '../waitlist/entry.ts';
import { entryFor } from '../waitlist/testing/hall.ts';
import type { Notification, NotificationId } from './notification.ts';
import type { Email } from './ports.ts';
import { sendRemovalNotice } from './send-removal-notice.ts';

const id = 'ntf_01h455vb4pex5vsknk084s0001' as NotificationId;
const at = new Date('2026-06-01T10:00:00Z');

const told = async (change: Partial<WaitlistEntry>, endedAt: Date | null = at) => {
  const entry = entryFor(1, { status: 'cancelled', endReason: 'removed', endedAt: at, ...change });
  const notice = { kind: 'waitlist_removed', entryId: entry.id } as const;
  const notifications = inMemoryNotifications();
  const queued: Notification = {
    id,
    channel: 'email',
    notice,
    status: 'queued',
    attempts: 0,
    providerId: null,
    lastError: null,
    createdAt: at,
    sentAt: null,
  };
  await notifications.enqueue({} as Tx, [queued]);
  const mails: Email[] = [];
  const offer = {
    id: 'ofr_01h455vb4pex5vsknk084s0001' as OfferId,
    entryId: entry.id,
    eventId: entry.eventId,
    organizationId: entry.organizationId,
    userId: entry.userId,
    status: 'withdrawn',
    units: [{ unitId: 's:g1', label: 'Stalls, row 1, seat 1', priceCategory: 'A' }],
    quote: { currency: 'EUR', prices: [] },
    madeBy: null,
    expiresAt: at,
    bookingId: null,
    createdAt: at,
    endedAt,
  } as const;
  await sendRemovalNotice(
    {
      notifications,
      waitlistEntries: { find: async () => entry },
      waitlistOffers: { find: async () => offer },
      venues: { find: async () => null },
      events: { find: async () => draftEvent() },
      email: {
        send: async (mail) => {
          mails.push(mail);
          return { outcome: 'sent', providerId: 'provider-1' };
        },
      },
    },
    { id, notice },
  );
  return { mails, record: await notifications.find(id) };
};

const OFFERED = { offerId: 'ofr_01h455vb4pex5vsknk084s0001' as OfferId };

test('who was removed is told that, and of the offer that ended with it, but not why', async () => {
  const { mails } = await told({
    ...OFFERED,
    removal: { by: entryFor(2).userId, reason: 'no reason to tell' },
  });
  expect(mails).toMatchObject([{ to: { email: 'ada@example.org' } }]);
  expect(mails[0]?.text).toContain('offer of 1 ticket');
  expect(mails[0]?.text).not.toContain('no reason to tell');
});

test('an offer that had ended before is no news', async () => {
  const { mails } = await told(OFFERED, new Date(at.getTime() - 1));
  expect(mails[0]?.text).not.toContain('offer of');
});

test('without an address nobody is written to, and the record says so', async () => {
  const { mails, record } = await told({
    buyer: { name: 'Ada', email: null, phone: null, statistics: null },
  });
  expect([mails, record?.status]).toEqual([[], 'failed']);
});

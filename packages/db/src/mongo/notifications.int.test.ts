import type { Notification } from '@eventhorizon/core/notifications/notification';
import type { BookingId } from '@eventhorizon/core/shared/ids';
import type { Db, MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoNotifications, notificationsCollection } from './notifications.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';

const confirmation = (bookingId: BookingId): Notification => ({
  id: newId('ntf'),
  channel: 'email',
  notice: { kind: 'booking_confirmed', bookingId },
  status: 'queued',
  attempts: 0,
  providerId: null,
  lastError: null,
  createdAt: new Date('2026-05-01T10:00:00Z'),
  sentAt: null,
});

const enqueueTenTimes = async (client: MongoClient, db: Db, bookingId: BookingId) => {
  const store = mongoNotifications(db);
  const unitOfWork = mongoUnitOfWork({ client, ring: () => undefined, maxTries: 50, deadlineMs: 20_000 });
  const ids = await Promise.all(
    Array.from({ length: 10 }, () => unitOfWork.run((tx) => store.enqueue(tx, [confirmation(bookingId)]))),
  );
  return { store, ids: ids.flat() };
};

test('a booking is confirmed to its buyer once, however many finalizers enqueue it at the same time', async () => {
  await using t = await migratedDatabase();
  const bookingId = newId('bkg');
  const { store, ids } = await enqueueTenTimes(t.client, t.db, bookingId);
  expect(new Set(ids).size).toBe(1);
  expect(await store.listOfBooking(bookingId)).toHaveLength(1);
});

test('twin: without the unique index the same race leaves several confirmations', async () => {
  await using t = await migratedDatabase();
  await t.db.collection(notificationsCollection.name).dropIndex('once_per_subject_kind_channel');
  const bookingId = newId('bkg');
  // All upserts read before any of them commits: the interleaving that only the index forbids.
  const store = mongoNotifications(t.db);
  const unitOfWork = mongoUnitOfWork({
    client: t.client,
    ring: () => undefined,
    maxTries: 50,
    deadlineMs: 20_000,
  });
  let arrived = 0;
  let open = (): void => undefined;
  const everybodyIsThere = new Promise<void>((resolve) => {
    open = resolve;
  });
  await Promise.all(
    Array.from({ length: 3 }, () =>
      unitOfWork.run(async (tx) => {
        await store.enqueue(tx, [confirmation(bookingId)]);
        arrived += 1;
        if (arrived >= 3) open();
        await everybodyIsThere;
      }),
    ),
  );
  expect((await store.listOfBooking(bookingId)).length).toBeGreaterThan(1);
});

test('what was enqueued is found again, and a sent one never changes', async () => {
  await using t = await migratedDatabase();
  const { store, ids } = await enqueueTenTimes(t.client, t.db, newId('bkg'));
  const id = ids[0];
  if (id === undefined) throw new Error('nothing was enqueued');
  expect(await store.find(id)).toMatchObject({ id, status: 'queued', notice: { kind: 'booking_confirmed' } });

  await store.markRetry(id, 'the provider is down');
  await store.markSent(id, 'sg-1', new Date('2026-05-01T10:00:05Z'));
  await store.markFailed(id, 'too late');
  await store.markSent(id, 'sg-2', new Date('2026-05-01T10:00:09Z'));
  expect(await store.find(id)).toMatchObject({ status: 'sent', providerId: 'sg-1', attempts: 2 });
});

test('of many that claim an SMS one may send it', async () => {
  await using t = await migratedDatabase();
  const { store, ids } = await enqueueTenTimes(t.client, t.db, newId('bkg'));
  const id = ids[0];
  if (id === undefined) throw new Error('nothing was enqueued');
  const claims = await Promise.all(Array.from({ length: 8 }, () => store.claim(id)));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

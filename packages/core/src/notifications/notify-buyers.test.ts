import { expect, test } from 'vitest';
import type { OutboxMessage } from '../shared/outbox.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { inMemoryNotifications } from '../testing/in-memory-notifications.ts';
import { sampleBooking } from '../testing/sample-booking.ts';
import { notifyBuyers } from './notify-buyers.ts';

const { id: bookingId, buyer } = sampleBooking();

const channelsFor = async (over: Partial<typeof buyer>) => {
  const notifications = inMemoryNotifications();
  const added: OutboxMessage[] = [];
  const deps = {
    notifications,
    outbox: { add: async (_tx: Tx, messages: readonly OutboxMessage[]) => void added.push(...messages) },
    ids: countingIds(),
    clock: { now: () => new Date('2026-11-01T10:00:00Z') },
  };
  const told = [{ notice: { kind: 'booking_confirmed', bookingId } as const, buyer: { ...buyer, ...over } }];
  await notifyBuyers(deps, {} as Tx, told);
  await notifyBuyers(deps, {} as Tx, told);
  expect(new Set(added.map(({ key }) => key)).size).toBe(
    (await notifications.listOfBooking(bookingId)).length,
  );
  return (await notifications.listOfBooking(bookingId)).map(({ channel }) => channel);
};

test('a buyer who asked for it gets one SMS besides the e-mail', async () => {
  expect(await channelsFor({ wantsSms: true })).toEqual(['email', 'sms']);
});
test('a buyer who only left a number gets no SMS', async () => {
  expect(await channelsFor({})).toEqual(['email']);
});
test('a buyer without a number gets no SMS', async () => {
  expect(await channelsFor({ wantsSms: true, phone: null })).toEqual(['email']);
});

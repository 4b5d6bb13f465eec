import type { WaitlistEntry } from '@eventhorizon/core/waitlist/entry';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import type { Db } from 'mongodb';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { migrate } from './migrate.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoWaitlistEntries, waitlistEntriesCollection } from './waitlist-entries.ts';
import { mongoWaitlistOffers, waitlistOffersCollection } from './waitlist-offers.ts';
import { mongoWaitlists, waitlistsCollection } from './waitlists.ts';

const [eventId, organizationId] = [newId('evt'), newId('org')];

const entryFor = (change: Partial<WaitlistEntry> = {}): WaitlistEntry => ({
  id: newId('wle'),
  place: newId('wle'),
  eventId,
  organizationId,
  userId: newId('usr'),
  status: 'waiting',
  wish: { priceCategory: 'A', areaId: null, ticketTypeId: null },
  pools: ['seats:A'],
  quantity: 2,
  partWelcome: false,
  buyer: { name: 'Ada', email: 'ada@example.org', phone: null, statistics: null },
  offerId: null,
  skips: 0,
  endReason: null,
  revision: 1,
  createdAt: new Date(),
  endedAt: null,
  ...change,
});

const listsIn = async () => {
  const t = await testDatabase({ monitorCommands: true });
  for (const one of [waitlistEntriesCollection, waitlistOffersCollection, waitlistsCollection])
    await migrate(t.db, [one as unknown as Parameters<typeof migrate>[1][number]]);
  const unitOfWork = mongoUnitOfWork({ client: t.client, ring: () => undefined });
  const entries = mongoWaitlistEntries(t.db);
  const add = async (entry: WaitlistEntry) => {
    await unitOfWork.run((tx) => entries.insert(tx, entry));
    return entry;
  };
  return { t, unitOfWork, entries, add, [Symbol.asyncDispose]: () => t[Symbol.asyncDispose]() };
};

const joinTwice = async (prepare: (db: Db) => Promise<unknown>) => {
  await using lists = await listsIn();
  await prepare(lists.t.db);
  const first = await lists.add(entryFor());
  const again = entryFor({ userId: first.userId });
  return await lists.add(again).then(
    () => 'waits twice',
    (error: unknown) => error,
  );
};

test('a person waits for the same thing once', async () => {
  expect(await joinTwice(async () => undefined)).toMatchObject({ code: 'waitlist.joined_already' });
});

test('twin: without the unique index one person has two places in line', async () => {
  const drop = (db: Db) => db.collection('waitlistEntries').dropIndex('one_active_per_wish');
  expect(await joinTwice(drop)).toBe('waits twice');
});

test('who has left may join again, at the end', async () => {
  await using lists = await listsIn();
  const first = await lists.add(entryFor());
  const second = await lists.add(entryFor());
  await lists.unitOfWork.run((tx) => lists.entries.markCancelled(tx, first.id, 'left', new Date()));
  const again = await lists.add(entryFor({ userId: first.userId }));
  expect(await lists.entries.countAhead(again)).toBe(1);
  expect((await lists.entries.listWaiting(eventId, ['seats:A'], 10)).map(({ id }) => id)).toEqual([
    second.id,
    again.id,
  ]);
});

test('the position counts those who came before and wait for any of the same', async () => {
  await using lists = await listsIn();
  await lists.add(entryFor());
  await lists.add(entryFor({ pools: ['places:are_1'] }));
  await lists.add(entryFor({ eventId: newId('evt') }));
  const both = await lists.add(entryFor({ pools: ['seats:A', 'places:are_1'] }));
  const last = await lists.add(entryFor());
  expect(await lists.entries.countAhead(both)).toBe(2);
  expect(await lists.entries.countAhead(last)).toBe(2);
});

test('an entry that changed since it was read is not offered anything', async () => {
  await using lists = await listsIn();
  const entry = await lists.add(entryFor());
  const { entries, unitOfWork } = lists;
  expect(await unitOfWork.run((tx) => entries.markReduced(tx, entry.id, 1))).toBe(true);
  expect(await unitOfWork.run((tx) => entries.markOffered(tx, entry, newId('ofr')))).toBe(false);
  expect(await entries.find(entry.id)).toMatchObject({ status: 'waiting', quantity: 1, revision: 2 });
});

test('two who promote for one event at once take turns', async () => {
  await using lists = await listsIn();
  const waitlists = mongoWaitlists(lists.t.db);
  const turn = () => lists.unitOfWork.run((tx) => waitlists.takeTurn(tx, eventId));
  await Promise.all([turn(), turn(), turn()]);
  expect(await lists.t.db.collection('waitlists').findOne()).toMatchObject({ turns: 3 });
});

test('every query of a waitlist is answered by an index', async () => {
  await using lists = await listsIn();
  const { entries, unitOfWork, t } = lists;
  const [entry, offerId, now] = [await lists.add(entryFor()), newId('ofr'), new Date()];
  const offers = mongoWaitlistOffers(t.db);
  const cursor = Buffer.from(JSON.stringify([newId('wle')])).toString('base64url');

  using queries = watchQueries(t.client, t.db);
  await entries.find(entry.id);
  await entries.listOfUser(entry.userId, { limit: 5, cursor });
  await entries.listOfEvent(eventId, { limit: 5, cursor });
  await entries.listOfEvent(eventId, { limit: 5, cursor }, 'waiting');
  await entries.countOfEvent(eventId);
  await entries.countAhead({ ...entry, pools: ['seats:A', 'places:are_1'] });
  await entries.listWaiting(eventId, ['seats:A', 'places:are_1'], 50);
  await entries.eventsWaitedFor();
  await offers.find(offerId);
  await offers.findMany([offerId]);
  await offers.listOpen(eventId, 50);
  await offers.countOpen(eventId);
  await mongoWaitlists(t.db).find(eventId);
  await unitOfWork.run(async (tx) => {
    await entries.countActive(tx, eventId, entry.userId);
    await entries.wantedPools(tx, eventId, ['seats:A']);
    await entries.countSkip(tx, [entry.id]);
    await entries.markReduced(tx, entry.id, 1);
    await entries.withhold(tx, entry.id, ['s:g1']);
    await entries.markAnswered(tx, entry.id, offerId, 'lapsed', now);
    await offers.markEnded(tx, offerId, 'expired', now);
  });
  await queries.expectIndexed();
});

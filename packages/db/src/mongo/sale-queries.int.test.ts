import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoAddressTurns } from './address-turns.ts';
import { mongoAttendeeImports } from './attendee-imports.ts';
import { mongoAttendeeRows } from './attendee-rows.ts';
import { mongoBookings } from './bookings.ts';
import { mongoBuyerLimits } from './buyer-limits.ts';
import { mongoClaims } from './claims.ts';
import { mongoIncidents } from './incidents.ts';
import { mongoPayments } from './payments.ts';
import { mongoRefunds } from './refunds.ts';
import { mongoSalesRecord } from './sales-record.ts';
import { mongoSpentTurns } from './spent-turns.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoTickets } from './tickets.ts';
import { mongoTransfers } from './transfers.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

const drain = async (stream: AsyncIterable<unknown>): Promise<void> => {
  for await (const _item of stream);
};

test('every query of a sale is answered by an index', async () => {
  await using t = await migratedDatabase();
  const [bookings, claims, payments] = [mongoBookings(t.db), mongoClaims(t.db), mongoPayments(t.db)];
  const [refunds, tickets, incidents] = [mongoRefunds(t.db), mongoTickets(t.db), mongoIncidents(t.db)];
  const [limits, transfers] = [mongoBuyerLimits(t.db), mongoTransfers(t.db)];
  const [imports, rows, importId] = [mongoAttendeeImports(t.db), mongoAttendeeRows(t.db), newId('imp')];
  const [eventId, userId, organizationId, bookingId] = [
    newId('evt'),
    newId('usr'),
    newId('org'),
    newId('bkg'),
  ];
  const cursor = (id: string) => Buffer.from(JSON.stringify([id])).toString('base64url');
  const unitOfWork = mongoUnitOfWork({ client: t.client, ring: () => undefined });

  using queries = watchQueries(t.client, t.db);
  await bookings.findByHold(eventId, newId('hld'));
  await bookings.listOfUser(userId, { status: null }, { limit: 5, cursor: cursor(bookingId) });
  await bookings.listOfUser(userId, { status: 'confirmed' }, { limit: 5, cursor: cursor(bookingId) });
  await bookings.countOfUser(userId, { status: null });
  await bookings.listAdoptable('mail:1', 50);
  await payments.findByIntent('pi_1');
  await payments.listOfUser(userId, { limit: 5, cursor: cursor(newId('pay')) });
  await claims.findOwners(eventId, ['s:1']);
  await claims.listOwned(eventId, bookingId);
  await claims.eventsWithWaitlistUnits();
  await claims.hasAnyBooked(eventId);
  await mongoSalesRecord(t.db).hasAnyBooked(eventId);
  await tickets.listOfBooking(bookingId);
  await tickets.listOfBookings([bookingId, newId('bkg')]);
  await tickets.listOfHolder(userId, { status: null }, { limit: 5, cursor: cursor(newId('tkt')) });
  await tickets.listOfHolder(userId, { status: 'valid' }, { limit: 5, cursor: cursor(newId('tkt')) });
  await transfers.findByToken('hash');
  await transfers.listOpenOf([newId('tkt')]);
  await transfers.listAcceptedOf(bookingId);
  await transfers.listOfSender(userId, { limit: 5, cursor: cursor(newId('trf')) });
  await refunds.listOfBooking(bookingId);
  await refunds.findByProviderId('re_1');
  await incidents.findOpen(bookingId);
  const open = { state: 'open', kind: 'late_money', eventId } as const;
  await incidents.list(organizationId, open, { limit: 5, cursor: cursor(newId('inc')) });
  await incidents.list(organizationId, { state: 'resolved' }, { limit: 5, cursor: cursor(newId('inc')) });
  await imports.findByRequest(eventId, 'upload');
  await imports.listOfEvent(organizationId, eventId, { limit: 5, cursor: cursor(importId) });
  await imports.markFinished(importId, new Date());
  await imports.markMailed(importId, new Date());
  await rows.listWaiting(importId, 50);
  await rows.countByStatus(importId);
  await rows.list(importId);
  await rows.markRefused(importId, 2, 'sold out');
  await rows.drop(importId);
  await mongoUsers(t.db).findByEmailKeys(['ada@example.org']);
  for (const store of [bookings, claims, payments, refunds, tickets, incidents, limits])
    await drain(store.streamOfEvent(eventId));
  await drain(mongoSpentTurns(t.db).streamOfEvent(eventId));
  await unitOfWork.run(async (tx) => {
    await claims.deleteOwned(tx, eventId, bookingId);
    await bookings.markConfirmed(tx, [bookingId], new Date());
    await payments.reserveRefund(tx, newId('pay'), 1);
    await limits.lower(tx, eventId, userId, 1);
    await claims.countAgainst(tx, { eventId, unitId: 's:1', owner: bookingId, person: userId });
    await claims.countAllAgainst(tx, { eventId, owner: bookingId }, 'mail:1', userId);
    await limits.raise(tx, eventId, { person: userId, by: 1, max: 4, alongside: 'mail:1', meets: true });
    await bookings.markAdopted(tx, bookingId, 'mail:1', userId);
    await tickets.markAdopted(tx, bookingId, userId);
    await payments.markAdopted(tx, newId('pay'), userId);
    await refunds.markAdopted(tx, bookingId, userId);
    await mongoAddressTurns(t.db).take(tx, ['ada@example.org']);
    await refunds.markPaidBack(tx, newId('rfd'), { by: userId, note: null }, new Date());
    await imports.markCancelled(tx, importId, new Date());
    await imports.markMailing(tx, importId, { askedAt: new Date(), askedBy: userId });
    await imports.noteMailed(tx, importId, 0, { seen: 50, letters: 50 });
    await rows.cancelWaiting(tx, importId);
    await rows.markSold(tx, importId, [{ line: 2, bookingId, reference: 'EVT-000000' }]);
  });
  await queries.expectIndexed();
});

test('only claims of bookings count as sold: what is blocked or retired does not', async () => {
  await using t = await migratedDatabase();
  const claims = mongoClaims(t.db);
  const unitOfWork = mongoUnitOfWork({ client: t.client, ring: () => undefined });
  const eventId = newId('evt');
  const claim = (unitId: string, owner: string) => ({
    eventId,
    unitId,
    owner,
    person: null,
    claimedAt: new Date(),
  });
  await unitOfWork.run((tx) => claims.insertAll(tx, [claim('s:1', 'blocked'), claim('s:2', 'retired')]));
  expect(await claims.hasAnyBooked(eventId)).toBe(false);
  await unitOfWork.run((tx) => claims.insertAll(tx, [claim('s:3', newId('bkg'))]));
  expect(await claims.hasAnyBooked(eventId)).toBe(true);
});

test('claims are all or none, and the refusal names every unit that somebody else has', async () => {
  await using t = await migratedDatabase();
  const claims = mongoClaims(t.db);
  const unitOfWork = mongoUnitOfWork({ client: t.client, ring: () => undefined });
  const eventId = newId('evt');
  const claimAll = (units: readonly string[], owner = newId('bkg')) =>
    unitOfWork.run((tx) =>
      claims.insertAll(
        tx,
        units.map((unitId) => ({ eventId, unitId, owner, person: null, claimedAt: new Date() })),
      ),
    );
  await claimAll(['s:2', 's:4']);
  await expect(claimAll(['s:1', 's:2', 's:3', 's:4'])).rejects.toMatchObject({
    code: 'units.taken',
    details: { unitIds: expect.arrayContaining(['s:2', 's:4']) },
  });
  expect(await claims.findOwners(eventId, ['s:1', 's:3'])).toEqual([]);
  const owner = newId('bkg');
  await claimAll(['s:1'], owner);
  const freed = await unitOfWork.run((tx) => claims.deleteOwned(tx, eventId, owner));
  expect(freed).toEqual(['s:1']);
  expect(await unitOfWork.run((tx) => claims.deleteOwned(tx, eventId, owner))).toEqual([]);
});

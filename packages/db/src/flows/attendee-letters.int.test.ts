import type { AttendeeImport } from '@eventhorizon/core/attendees/attendee-import';
import { cancelAttendeeImport } from '@eventhorizon/core/attendees/cancel-attendee-import';
import { getAttendeeImport } from '@eventhorizon/core/attendees/get-attendee-import';
import { mailAttendees } from '@eventhorizon/core/flows/mail-attendees';
import { resumeAttendeeImport } from '@eventhorizon/core/flows/resume-attendee-import';
import { runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import { runAttendeeMailing } from '@eventhorizon/core/flows/run-attendee-mailing';
import { startAttendeeImport } from '@eventhorizon/core/flows/start-attendee-import';
import type { Notification } from '@eventhorizon/core/notifications/notification';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { mongoNotifications } from '../mongo/notifications.ts';
import { type BoxOfficeWorld, boxOfficeWorld, type OrganizerDeps } from '../testing/box-office-world.ts';
import { newId } from '../testing/new-id.ts';

const guests = (count: number): string =>
  [
    'name,email,ticket_type,area',
    ...Array.from({ length: count }, (_, i) => `Guest ${i},g${i}@example.org,Adult,Floor`),
  ].join('\n');

const again = async (job: () => Promise<{ readonly result: string }>): Promise<void> => {
  while ((await job()).result === 'retry');
};

/** A list that was sold, and nobody was mailed. */
const soldList = async (
  world: BoxOfficeWorld,
  ...upload: Parameters<BoxOfficeWorld['upload']>
): Promise<AttendeeImport> => {
  const { import: started } = await startAttendeeImport(world.organizer, world.upload(...upload));
  if (started === null) throw new Error('nothing was started');
  await again(() => runAttendeeImport(world.organizer, { importId: started.id }));
  return started;
};

const ask = (world: BoxOfficeWorld, { id: importId, organizationId }: AttendeeImport) =>
  mailAttendees(world.organizer, { importId, organizationId, userId: world.access().userId });

const mailAll = (deps: OrganizerDeps, { id: importId }: AttendeeImport) =>
  again(() => runAttendeeMailing(deps, { importId }));

/** How many letters each booking of a list has, and how many jobs there are to send them. */
const letters = async ({ mongo: { db }, deps }: BoxOfficeWorld, { id }: AttendeeImport) => {
  const bookings = await deps.bookings.listOfImport(id, 0, 1_000);
  const ofThem = { 'notice.bookingId': { $in: bookings.map((booking) => booking.id) } };
  const records = await db.collection<Notification & { _id: string }>('notifications').find(ofThem).toArray();
  const jobs = { job: 'notification.send', 'payload.notificationId': { $in: records.map(({ _id }) => _id) } };
  return {
    each: bookings.map(
      ({ id: bookingId }) =>
        records.filter(({ notice }) => 'bookingId' in notice && notice.bookingId === bookingId).length,
    ),
    jobs: await db.collection('outbox').countDocuments(jobs),
  };
};

test('who is mailed later gets one letter, spread like those of a mailed list; no address and no ticket is no letter', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  const list = await soldList(world, `${guests(119)}\nNo address,,Adult,Floor`);
  expect((await letters(world, list)).jobs).toBe(0);
  const [first] = await world.deps.bookings.listOfImport(list.id, 0, 1);
  const bookings = world.mongo.db.collection<{ _id: string }>('bookings');
  await bookings.updateOne({ _id: first?.id ?? '' }, { $set: { status: 'cancelled' } });

  expect(await ask(world, list)).toMatchObject({ mailing: { seen: 0, letters: 0, endedAt: null } });
  await mailAll(world.organizer, list);
  const { each, jobs } = await letters(world, list);
  expect(each).toEqual([0, ...Array(118).fill(1), 0]);
  expect(jobs).toBe(118);
  const mailing = { seen: 120, letters: 118, endedAt: expect.any(Date) };
  expect(await ask(world, list)).toMatchObject({ mailing });
  const due = await world.mongo.db.collection('outbox').distinct('dueAt', { job: 'notification.send' });
  expect(due.length).toBeGreaterThan(2);
});

test('asked for before the list has ended, letters are made when it has', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 10 });
  const { import: list } = await startAttendeeImport(world.organizer, world.upload(guests(3)));
  if (list === null) throw new Error('nothing was started');
  await ask(world, list);
  const look = () => runAttendeeMailing(world.organizer, { importId: list.id });
  expect(await look()).toMatchObject({ result: 'retry', reason: 'the list is still being sold' });
  await again(() => runAttendeeImport(world.organizer, { importId: list.id }));
  await again(look);
  expect((await letters(world, list)).each).toEqual([1, 1, 1]);
});

/** Letters were asked for of a list of five, of which two were sold when its seller left the team. */
const stoppedList = async (world: BoxOfficeWorld) => {
  const sam = await world.member('sam', 'seller');
  const { import: list } = await startAttendeeImport(
    world.organizer,
    world.upload(guests(5), { access: sam }),
  );
  if (list === null) throw new Error('nothing was started');
  const { id: importId, organizationId } = list;
  await ask(world, list);
  const { rows } = world.organizer;
  const firstTwo: OrganizerDeps = {
    ...world.organizer,
    rows: { ...rows, listWaiting: (id) => rows.listWaiting(id, 2) },
    buyersWait: async () => true,
  };
  await runAttendeeImport(firstTwo, { importId });
  await world.mongo.db.collection('memberships').deleteOne({ userId: sam.userId });
  await again(() => runAttendeeImport(world.organizer, { importId }));
  const ref = { importId, organizationId };
  return {
    list,
    look: () => runAttendeeMailing(world.organizer, { importId }),
    progress: () => getAttendeeImport(world.organizer, ref),
    resume: async () => {
      await resumeAttendeeImport(world.organizer, { ...ref, access: world.access() });
      await again(() => runAttendeeImport(world.organizer, { importId }));
    },
    cancel: () => cancelAttendeeImport(world.organizer, ref),
  };
};

test('a list that is stopped has its letters when somebody has gone on with it: also who is sold then is mailed', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 10 });
  const { list, look, progress, resume } = await stoppedList(world);
  expect(await look()).toMatchObject({
    result: 'retry',
    reason: 'the list is stopped',
    retryAfterMs: 60_000,
  });
  expect(await world.organizer.imports.markMailed(list.id, new Date())).toBe(false);
  expect(await progress()).toMatchObject({ status: 'stopped', mailing: { letters: 0, endedAt: null } });
  await resume();
  await again(look);
  expect((await letters(world, list)).each).toEqual([1, 1, 1, 1, 1]);
  expect(await progress()).toMatchObject({ mailing: { letters: 5, endedAt: expect.any(Date) } });
});

test('of a list that is stopped and then cancelled, whoever was sold is mailed', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 10 });
  const { list, look, cancel } = await stoppedList(world);
  await cancel();
  await again(look);
  expect((await letters(world, list)).each).toEqual([1, 1]);
});

test('twin: letters that take a stopped list for one that has ended leave out whoever is sold afterwards', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 10 });
  const { list, resume, look } = await stoppedList(world);
  const { imports } = world.organizer;
  const all = world.mongo.db.collection<{ _id: string }>('attendeeImports');
  const hasty: OrganizerDeps = {
    ...world.organizer,
    imports: {
      ...imports,
      find: async (id) => {
        const found = await imports.find(id);
        return found === null ? null : { ...found, status: 'finished' };
      },
      markMailed: async (id, at) =>
        (await all.updateOne({ _id: id }, { $set: { 'mailing.endedAt': at } })).modifiedCount === 1,
    },
  };
  await mailAll(hasty, list);
  await resume();
  await again(look);
  expect((await letters(world, list)).each).toEqual([1, 1, 0, 0, 0]);
});

test('a list that was mailed as it was sold is mailed no more', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 10 });
  const list = await soldList(world, guests(2), { mail: true });
  expect(await ask(world, list)).not.toHaveProperty('mailing');
  await mailAll(world.organizer, list);
  expect(await letters(world, list)).toEqual({ each: [1, 1], jobs: 2 });
});

/** Asked for three times at once, by two workers, of which one dies at some call; then by one that lives. */
const troubled = async (world: BoxOfficeWorld, adapt: (deps: OrganizerDeps) => OrganizerDeps) => {
  let most = 0;
  for (let at = 1, crashed = true; crashed; at += 1) {
    crashed = false;
    for (const when of ['before', 'after'] as const) {
      const list = await soldList(world, guests(3));
      await Promise.all([ask(world, list), ask(world, list), ask(world, list)]);
      const mortal = crashAt(world.organizer, { at, when });
      await Promise.allSettled([
        mailAll(adapt(mortal.deps), list),
        mailAll(adapt(world.organizer), list),
      ]).then((ends) => {
        for (const end of ends)
          if (end.status === 'rejected' && !(end.reason instanceof Crashed) && !mortal.crashed())
            expect(end.reason).toMatchObject({ code: 'busy.try_again' });
      });
      await mailAll(adapt(world.organizer), list);
      await ask(world, list);
      await mailAll(adapt(world.organizer), list);
      const { organizationId, id: importId } = list;
      const { mailing } = await getAttendeeImport(world.organizer, { organizationId, importId });
      expect(mailing?.endedAt).not.toBeNull();
      const { each } = await letters(world, list);
      expect(Math.min(...each)).toBeGreaterThan(0);
      most = Math.max(most, ...each);
      crashed ||= mortal.crashed();
    }
  }
  return most;
};

test('however often it is asked for, whenever a worker dies and however many are at it, each attendee has one letter', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 400 });
  expect(await troubled(world, (deps) => deps)).toBe(1);
});

test('twin: with progress that is not compared, and letters that are not told apart by their booking, some have two', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 400 });
  const store = mongoNotifications(world.mongo.db);
  let number = 0;
  const careless = (deps: OrganizerDeps): OrganizerDeps => ({
    ...deps,
    imports: {
      ...deps.imports,
      noteMailed: async (tx, id, seen, more) => (await deps.imports.noteMailed(tx, id, seen, more)) || true,
    },
    notifications: {
      enqueue: (tx, added) =>
        store.enqueue(
          tx,
          added.map((one) => {
            const bookingId = 'bookingId' in one.notice ? one.notice.bookingId : newId('bkg');
            number += 1;
            return { ...one, notice: { kind: 'booking_resent', bookingId, number, by: 'organizer' } };
          }),
        ),
    },
  });
  expect(await troubled(world, careless)).toBeGreaterThan(1);
});

import { MAX_ATTENDEES } from '@eventhorizon/core/attendees/attendee-import';
import { cancelAttendeeImport } from '@eventhorizon/core/attendees/cancel-attendee-import';
import { getImportReport } from '@eventhorizon/core/attendees/get-import-report';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { resumeAttendeeImport } from '@eventhorizon/core/flows/resume-attendee-import';
import { runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import { startAttendeeImport } from '@eventhorizon/core/flows/start-attendee-import';
import { runs } from '@eventhorizon/devstack/runs';
import { expect, test } from 'vitest';
import { boxOfficeWorld, type OrganizerDeps } from '../testing/box-office-world.ts';
import { expectClean, floor, progress, run, start } from '../testing/import-steps.ts';
import { newId } from '../testing/new-id.ts';

test('each attendee of a list becomes a booking with a ticket of the attendee’s name', async () => {
  await using world = await boxOfficeWorld({}, { seats: 4, places: 10 });
  const content = [
    'Name;Email;Ticket_Type;Price_Category;Area;Seat;Note',
    'Ada;ada@example.org;adult;A;;Stalls/1/2;wheelchair',
    '"Grace; Hopper";;Adult;;Floor;;',
    'Bea;bea@example.org;Adult;A;;;',
  ].join('\r\n');
  const attendeeImport = await start(world, content);
  await run(world.organizer, attendeeImport);
  expect(await progress(world, attendeeImport)).toMatchObject({
    status: 'finished',
    rows: 3,
    counts: { waiting: 0, sold: 3, refused: 0, cancelled: 0 },
  });
  const rows = await world.organizer.rows.list(attendeeImport.id);
  const bookings = await Promise.all(
    rows.map(({ bookingId }) => world.deps.bookings.find(bookingId ?? newId('bkg'))),
  );
  expect(bookings).toMatchObject([
    {
      buyer: { name: 'Ada' },
      lines: [{ unitId: 's:g1', amount: 0, attendeeName: 'Ada' }],
      sale: { channel: 'complimentary', note: 'wheelchair', from: { importId: attendeeImport.id, line: 2 } },
    },
    { buyer: { name: 'Grace; Hopper', email: null }, lines: [{ label: 'Floor, place 1' }] },
    { buyer: { name: 'Bea' }, lines: [{ priceCategory: 'A' }] },
  ]);
  expect(await expectClean(world)).toMatchObject({ validTickets: 3, captured: 0 });
});

test('a list that was paid for is money taken by who started it; nobody is mailed unless it is wished', async () => {
  await using world = await boxOfficeWorld();
  const settlement = { kind: 'paid', method: 'bank_transfer' } as const;
  await run(world.organizer, await start(world, floor(2), { settlement }));
  expect(await expectClean(world)).toMatchObject({ captured: 2 });
  const notices = () => world.mongo.db.collection('notifications').countDocuments();
  expect(await notices()).toBe(0);
  await run(world.organizer, await start(world, floor(2, 3), { settlement, mail: true }));
  expect(await notices()).toBe(2);
});

test('a line whose price has changed since the list was stored is refused: no money is recorded that nobody stated', async () => {
  await using world = await boxOfficeWorld();
  const settlement = { kind: 'paid', method: 'bank_transfer' } as const;
  const paid = await start(world, floor(2), { settlement });
  const gift = await start(world, floor(2, 3));
  const layouts: OrganizerDeps['layouts'] = {
    ...world.organizer.layouts,
    get: async (eventId) => {
      const known = await world.organizer.layouts.get(eventId);
      const ticketTypes = known.event.ticketTypes.map((type) => ({
        ...type,
        prices: { ...type.prices, A: 3_500, S: 3_500 },
      }));
      return { ...known, event: { ...known.event, ticketTypes } };
    },
  };
  const dearer = { ...world.organizer, layouts };
  await run(dearer, paid);
  await run(dearer, gift);
  expect(await world.organizer.rows.list(paid.id)).toMatchObject([
    { status: 'refused', price: 3_000, reason: expect.stringMatching(/^sale\.amount_differs: /) },
    { status: 'refused' },
  ]);
  expect((await progress(world, gift)).counts).toMatchObject({ sold: 2 });
  expect(await expectClean(world)).toMatchObject({ captured: 0, claims: 2 });
});

test('the letters of a long list are spread, so that those to buyers do not wait behind them', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  await run(world.organizer, await start(world, floor(150), { mail: true }));
  const rows = world.mongo.db.collection<{ job: string; dueAt: Date }>('outbox');
  const due = (await rows.find({ job: 'notification.send' }).toArray()).map(({ dueAt }) => dueAt.getTime());
  expect(due).toHaveLength(150);
  expect(Math.max(...due) - Math.min(...due)).toBe(5_000);
});

test('a faulty list stores nothing, and each fault is told with its line', async () => {
  await using world = await boxOfficeWorld({}, { seats: 2, places: 3 });
  const content = [
    'name,email,ticket_type,price_category,area,seat,note',
    ',x,Child,,,,',
    'Ada,,Adult,,Balcony,,',
    'Ada,,Adult,,,Stalls/1/9,',
    'Ada,,Adult,,,Stalls/1/1,',
    'Bea,,Adult,S,,Stalls/1/1,',
    'Cleo,,Adult',
  ].join('\n');
  const refused = startAttendeeImport(world.organizer, world.upload(content));
  await expect(refused).rejects.toMatchObject({
    code: 'attendees.faulty',
    details: {
      total: 9,
      faults: [
        { place: 'line 2, name' },
        { place: 'line 2, email' },
        { place: 'line 2, price_category' },
        { place: 'line 2, ticket_type', message: 'there is none of this name; there are Adult' },
        { place: 'line 3, area', message: 'there is none of this name; there are Floor' },
        { place: 'line 4, seat' },
        { place: 'line 6, seat', message: 'is the seat of line 5 as well' },
        { place: 'line 6, price_category' },
        { place: 'line 7', message: 'has 3 cells; the header has 7' },
      ],
    },
  });
  for (const name of ['attendeeImports', 'attendeeRows', 'outbox'])
    expect(await world.mongo.db.collection(name).countDocuments()).toBe(0);
});

test('a dry run stores nothing and tells what it would cost and where it falls short', async () => {
  await using world = await boxOfficeWorld({}, { seats: 2, places: 3 });
  const settlement = { kind: 'paid', method: 'cash' } as const;
  const { plan } = await startAttendeeImport(
    world.organizer,
    world.upload(floor(5), { dryRun: true, settlement }),
  );
  expect(plan).toEqual({
    attendees: 5,
    withoutEmail: 0,
    total: { amount: 15_000, currency: 'EUR' },
    pools: [{ name: 'Floor', wanted: 5, free: 3 }],
  });
  expect(await world.mongo.db.collection('attendeeRows').countDocuments()).toBe(0);
});

test('sold-out, taken and limited lines are refused each with its reason, and the others go on', async () => {
  await using world = await boxOfficeWorld({ maxPerPerson: 2 }, { seats: 3, places: 3 });
  await world.holdFor({ kind: 'seats', unitIds: ['s:g0'] });
  const content = [
    'name,email,ticket_type,area,seat',
    ...['a', 'b', 'c'].map((who) => `Guest ${who},same@example.org,Adult,Floor,`),
    'Taken,,Adult,,Stalls/1/1',
    'Free,,Adult,,Stalls/1/3',
    '=1+1,,Adult,Floor,',
    'Too late,,Adult,Floor,',
  ].join('\n');
  const attendeeImport = await start(world, content);
  await run(world.organizer, attendeeImport);
  const { content: report, filename } = await getImportReport(world.organizer, {
    organizationId: world.event.organizationId,
    importId: attendeeImport.id,
  });
  expect(filename).toBe(`report-${attendeeImport.id}.csv`);
  const lines = report.trimEnd().split('\r\n');
  expect(lines[0]).toBe('\uFEFF"line","name","email","status","reference","reason","booking"');
  const shown = lines.slice(1).map((line) => line.replace(/EVT-\w{6}/, 'EVT-').replace(/bkg_\w{26}/, 'bkg_'));
  expect(shown).toEqual([
    '"2","Guest a","same@example.org","sold","EVT-","","bkg_"',
    '"3","Guest b","same@example.org","sold","EVT-","","bkg_"',
    expect.stringMatching(/^"4","Guest c","same@example.org","refused","","hold.limit: At most 2 .*,""$/),
    expect.stringMatching(/^"5","Taken","","refused","","units.taken: .*,""$/),
    '"6","Free","","sold","EVT-","","bkg_"',
    '"7","\'=1+1","","sold","EVT-","","bkg_"',
    '"8","Too late","","refused","","units.short: Sold out.",""',
  ]);
  expect(await expectClean(world)).toMatchObject({ claims: 4 });
});

test('the same upload again is the same import, also when both come at once', async () => {
  await using world = await boxOfficeWorld();
  const upload = world.upload(floor(3));
  const [one, two] = await Promise.all([
    startAttendeeImport(world.organizer, upload),
    startAttendeeImport(world.organizer, upload),
  ]);
  expect([one.created, two.created].sort()).toEqual([false, true]);
  expect(two.import?.id).toBe(one.import?.id);
  expect(await world.mongo.db.collection('attendeeRows').countDocuments()).toBe(3);
  if (one.import === null) throw new Error('nothing was started');
  await run(world.organizer, one.import);
  expect(await expectClean(world)).toMatchObject({ claims: 3 });
});

test('buyers who have paid go first: an import does one batch and comes back later', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  const attendeeImport = await start(world, floor(120));
  const busy = { ...world.organizer, buyersWait: async () => true };
  expect(await runAttendeeImport(busy, { importId: attendeeImport.id })).toMatchObject({
    result: 'retry',
    reason: 'buyers who have paid go first',
  });
  expect((await progress(world, attendeeImport)).counts).toMatchObject({ sold: 50, waiting: 70 });
});

test('cancelling leaves what is sold and sells no more, also while a batch is under way', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  const attendeeImport = await start(world, floor(120));
  const { id: importId, organizationId } = attendeeImport;
  await runAttendeeImport({ ...world.organizer, buyersWait: async () => true }, { importId });
  const rows = {
    ...world.organizer.rows,
    listWaiting: async (...args: Parameters<OrganizerDeps['rows']['listWaiting']>) => {
      const waiting = await world.organizer.rows.listWaiting(...args);
      await cancelAttendeeImport(world.organizer, { importId, organizationId });
      return waiting;
    },
  };
  // What it was about to sell is cancelled: it finds that out in its transaction, and gives back what it held.
  expect(await runAttendeeImport({ ...world.organizer, rows }, { importId })).toMatchObject({
    result: 'done',
  });
  await run(world.organizer, attendeeImport);
  expect(await progress(world, attendeeImport)).toMatchObject({
    status: 'cancelled',
    counts: { sold: 50, cancelled: 70, waiting: 0 },
  });
  expect(await expectClean(world)).toMatchObject({ claims: 50 });
  const mirror = await auditMirror({ ...world.deps, mirror: world.inventory.mirror }, world.event.id);
  expect(mirror.held).toBe(0);
});

test('a list may pass the limit per person with a reason on record, by a role that may only', async () => {
  await using world = await boxOfficeWorld({ maxPerPerson: 2 });
  const content = [
    'name,email,ticket_type,area',
    ...Array(4).fill('Guest,firm@example.org,Adult,Floor'),
  ].join('\n');
  const limitOverride = 'a sponsor';
  await expect(
    start(world, content, { limitOverride, access: world.access('seller') }),
  ).rejects.toMatchObject({
    code: 'capability.missing',
  });
  const attendeeImport = await start(world, content, { limitOverride });
  await run(world.organizer, attendeeImport);
  expect(await progress(world, attendeeImport)).toMatchObject({ counts: { sold: 4 } });
  expect(await expectClean(world)).toMatchObject({ claims: 4 });
});

test('a long list is sold whole and once; in test:full the longest there may be', async () => {
  const count = runs(MAX_ATTENDEES / 20);
  await using world = await boxOfficeWorld({}, { seats: 0, places: count });
  const attendeeImport = await start(world, floor(count));
  await run(world.organizer, attendeeImport);
  expect(await progress(world, attendeeImport)).toMatchObject({ counts: { sold: count } });
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ claims: count, validTickets: count });
}, 300_000);

/** A list of 120 that Sam sells, who is shut out after the first batch, or whatever `then` does to Sam. */
const sellerLost = async (
  then: 'suspended' | 'removed' | 'analyst',
  adapt: (deps: OrganizerDeps) => OrganizerDeps = (deps) => deps,
) => {
  const world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  const sam = await world.member('sam', 'seller');
  const attendeeImport = await start(world, floor(120), { access: sam });
  const deps = adapt(world.organizer);
  await runAttendeeImport({ ...deps, buyersWait: async () => true }, { importId: attendeeImport.id });
  const { db } = world.mongo;
  const own = { userId: sam.userId };
  if (then === 'removed') await db.collection('memberships').deleteOne(own);
  if (then === 'analyst') await db.collection('memberships').updateOne(own, { $set: { role: 'analyst' } });
  if (then === 'suspended')
    await db
      .collection<{ _id: string }>('users')
      .updateOne(
        { _id: sam.userId },
        { $set: { suspension: { at: new Date(), by: world.access().userId, reason: 'stolen cards' } } },
      );
  await run(deps, attendeeImport);
  return { world, sam, attendeeImport };
};

test.each(['suspended', 'removed', 'analyst'] as const)(
  'an import whose seller was %s in the middle of it stops, says why, and goes on in the right of another member',
  async (then) => {
    const { world, sam, attendeeImport } = await sellerLost(then);
    await using _world = world;
    const stopped = { status: 'stopped', stopReason: 'seller_may_not_sell', soldBy: sam.userId };
    expect(await progress(world, attendeeImport)).toMatchObject({
      ...stopped,
      counts: { sold: 50, waiting: 70 },
    });
    const { id: importId, organizationId } = attendeeImport;
    const mara = await world.member('mara', 'manager');
    await resumeAttendeeImport(world.organizer, { importId, organizationId, access: mara });
    await run(world.organizer, attendeeImport);
    expect(await progress(world, attendeeImport)).toMatchObject({
      status: 'finished',
      stopReason: null,
      startedBy: sam.userId,
      soldBy: mara.userId,
      counts: { sold: 120, waiting: 0 },
    });
    const bookings = world.mongo.db.collection('bookings');
    expect(await bookings.countDocuments({ 'sale.soldBy': sam.userId })).toBe(50);
    expect(await bookings.countDocuments({ 'sale.soldBy': mara.userId })).toBe(70);
    await expectClean(world);
  },
);

test('twin: without a look at the seller, a suspended one sells on', async () => {
  const { world, attendeeImport } = await sellerLost('suspended', (deps) => ({
    ...deps,
    users: {
      ...deps.users,
      find: async (id, tx) => {
        const user = await deps.users.find(id, tx);
        return user === null ? null : { ...user, suspension: null };
      },
    },
  }));
  await using _world = world;
  expect(await progress(world, attendeeImport)).toMatchObject({ status: 'finished', counts: { sold: 120 } });
});

test('who may not override limits does not go on with an import that does, and one that is stopped can be cancelled', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  const mara = await world.member('mara', 'manager');
  const attendeeImport = await start(world, floor(3), { access: mara, limitOverride: 'a school class' });
  await world.mongo.db.collection('memberships').deleteOne({ userId: mara.userId });
  await run(world.organizer, attendeeImport);
  const ref = { importId: attendeeImport.id, organizationId: attendeeImport.organizationId };
  const sam = await world.member('sam', 'seller');
  const going = resumeAttendeeImport(world.organizer, { ...ref, access: sam });
  await expect(going).rejects.toMatchObject({ code: 'capability.missing' });
  expect(await cancelAttendeeImport(world.organizer, ref)).toMatchObject({
    status: 'cancelled',
    stopReason: null,
    counts: { sold: 0, cancelled: 3 },
  });
});

import type { AttendeeImport } from '@eventhorizon/core/attendees/attendee-import';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { type BoxOfficeWorld, boxOfficeWorld, type OrganizerDeps } from '../testing/box-office-world.ts';
import { expectClean, expireLease, floor, progress, run, start } from '../testing/import-steps.ts';
import { newId } from '../testing/new-id.ts';

test('a worker killed before or after any of its calls is followed by one that sells each line once', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 400 });
  let sold = 0;
  let steps = 0;
  for (let at = 1, crashed = true; crashed; at += 1) {
    crashed = false;
    for (const when of ['before', 'after'] as const) {
      const attendeeImport = await start(world, floor(3, sold + 1));
      const mortal = crashAt(world.organizer, { at, when });
      await run(mortal.deps, attendeeImport).catch((error: unknown) => {
        if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
      });
      crashed ||= mortal.crashed();
      await expireLease(world, attendeeImport);
      await run(world.organizer, attendeeImport);
      sold += 3;
      expect(await progress(world, attendeeImport)).toMatchObject({
        status: 'finished',
        counts: { sold: 3 },
      });
    }
    steps = at;
  }
  expect(steps).toBeGreaterThan(20);
  expect(await expectClean(world)).toMatchObject({ claims: sold, validTickets: sold });
});

test('twin: with lines moved after the commit instead of in it, and a new hold each time, a crash sells some twice', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 400 });
  /** Moves the lines in a transaction of their own: the process may be dead by then. */
  const afterwards = (deps: OrganizerDeps): OrganizerDeps => {
    const pending: (() => Promise<unknown>)[] = [];
    const { rows, unitOfWork } = deps;
    return {
      ...deps,
      rows: {
        ...rows,
        listWaiting: async (...args) =>
          (await rows.listWaiting(...args)).map((row) => ({ ...row, holdId: newId('hld') })),
        markSold: async (_tx, id, sold) => {
          pending.push(() => unitOfWork.run((tx) => rows.markSold(tx, id, sold)));
          return sold.length;
        },
      },
      unitOfWork: {
        run: async (work) => {
          const result = await unitOfWork.run(work);
          for (const move of pending.splice(0)) await move();
          return result;
        },
      },
    };
  };
  let lines = 0;
  for (let at = 1, crashed = true; crashed; at += 1) {
    const attendeeImport = await start(world, floor(3, lines + 1));
    const mortal = crashAt(world.organizer, { at, when: 'before' });
    await run(afterwards(mortal.deps), attendeeImport).catch(() => undefined);
    await expireLease(world, attendeeImport);
    await run(afterwards(world.organizer), attendeeImport);
    lines += 3;
    crashed = mortal.crashed();
  }
  expect((await world.audit()).counts.claims).toBeGreaterThan(lines);
});

test('two workers at one import sell each line once', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 300 });
  const attendeeImport = await start(world, floor(120));
  await Promise.all([run(world.organizer, attendeeImport), run(world.organizer, attendeeImport)]);
  expect(await progress(world, attendeeImport)).toMatchObject({ counts: { sold: 120 } });
  expect(await expectClean(world)).toMatchObject({ claims: 120, validTickets: 120 });
});

test('twin: with lines that are not moved from waiting, and a new hold each time, two workers sell them twice', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 300 });
  const attendeeImport = await start(world, floor(20));
  const stale = await world.organizer.rows.listWaiting(attendeeImport.id, 50);
  const blind = (): OrganizerDeps => {
    let looked = false;
    return {
      ...world.organizer,
      rows: {
        ...world.organizer.rows,
        listWaiting: async () => {
          if (looked) return [];
          looked = true;
          return stale.map((row) => ({ ...row, holdId: newId('hld') }));
        },
        markSold: async (_tx, _id, lines) => lines.length,
      },
    };
  };
  await Promise.all([
    runAttendeeImport(withoutLease(blind()), { importId: attendeeImport.id }),
    runAttendeeImport(withoutLease(blind()), { importId: attendeeImport.id }),
  ]);
  expect((await world.audit()).counts.claims).toBe(40);
});

const withoutLease = (deps: OrganizerDeps): OrganizerDeps => ({
  ...deps,
  imports: {
    ...deps.imports,
    takeLease: async (importId) => ({ importId, token: newId('imp') }),
    renewLease: async () => true,
  },
});

/** A worker that has looked which lines wait, and before it goes on, another does a batch of them. */
const overtaken = (deps: OrganizerDeps, meanwhile: () => Promise<unknown>): OrganizerDeps => {
  let first = true;
  return {
    ...deps,
    rows: {
      ...deps.rows,
      listWaiting: async (...args) => {
        const waiting = await deps.rows.listWaiting(...args);
        if (first) {
          first = false;
          await meanwhile();
        }
        return waiting;
      },
    },
  };
};

/** As many lines as there are places, and two workers at them: what became of the lines, and how much is held for nobody. */
const fullHouseByTwo = async (
  adapt: (deps: OrganizerDeps) => OrganizerDeps,
  before: (world: BoxOfficeWorld, attendeeImport: AttendeeImport) => Promise<void> = async () => undefined,
) => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 60 });
  const attendeeImport = await start(world, floor(60));
  const { id: importId } = attendeeImport;
  const deps = adapt(world.organizer);
  const slow = overtaken(deps, async () => {
    await before(world, attendeeImport);
    await runAttendeeImport({ ...deps, buyersWait: async () => true }, { importId });
  });
  await runAttendeeImport(slow, { importId }).catch((error: unknown) => {
    if (!isDomainError(error, 'busy.try_again')) throw error;
  });
  await run(deps, attendeeImport);
  const mirror = await auditMirror({ ...world.deps, mirror: world.inventory.mirror }, world.event.id);
  return { counts: (await progress(world, attendeeImport)).counts, held: mirror.held };
};

test('a second worker finds an import taken and comes again later: no line is refused for what the other held', async () => {
  expect(await fullHouseByTwo((deps) => deps)).toMatchObject({ counts: { sold: 60, refused: 0 }, held: 0 });
});

test('a worker that has lost its lease refuses nothing, and gives back what it held', async () => {
  expect(await fullHouseByTwo((deps) => deps, expireLease)).toMatchObject({
    counts: { sold: 60, refused: 0 },
    held: 0,
  });
});

test('twin: without the lease, lines of a list that fits are refused because a second worker holds their places', async () => {
  const { counts } = await fullHouseByTwo(withoutLease);
  expect(counts.refused).toBeGreaterThan(0);
});

test('twin: without the unique index a line stored twice is sold twice', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 300 });
  const attendeeImport = await start(world, floor(2));
  const [row] = await world.organizer.rows.list(attendeeImport.id);
  if (row === undefined) throw new Error('no row');
  const twice = () => world.organizer.rows.stage([{ ...row, holdId: newId('hld') }]);
  await expect(twice()).rejects.toThrow('line_once');
  await world.mongo.db.collection('attendeeRows').dropIndex('line_once');
  await twice();
  await run(world.organizer, attendeeImport).catch(() => undefined);
  expect((await world.audit()).counts.claims).toBe(3);
});

test('Redis lost in the middle of an import costs nothing: each line is sold once', async () => {
  await using world = await boxOfficeWorld({}, { seats: 0, places: 200 });
  const attendeeImport = await start(world, floor(120));
  let looks = 0;
  const rows = {
    ...world.organizer.rows,
    listWaiting: async (...args: Parameters<OrganizerDeps['rows']['listWaiting']>) => {
      const waiting = await world.organizer.rows.listWaiting(...args);
      looks += 1;
      await world.inventory.redis.flushall();
      return waiting;
    },
  };
  await run({ ...world.organizer, rows }, attendeeImport);
  expect(looks).toBeGreaterThan(2);
  expect(await progress(world, attendeeImport)).toMatchObject({ counts: { sold: 120 } });
  await world.rebuild();
  expect(await expectClean(world)).toMatchObject({ claims: 120 });
});

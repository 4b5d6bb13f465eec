import type { AttendeeImport } from '@eventhorizon/core/attendees/attendee-import';
import { getAttendeeImport } from '@eventhorizon/core/attendees/get-attendee-import';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import { startAttendeeImport } from '@eventhorizon/core/flows/start-attendee-import';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { expect } from 'vitest';
import type { BoxOfficeWorld, OrganizerDeps } from './box-office-world.ts';
import { runJobs } from './run-jobs.ts';

/** A list of so many guests who stand. */
export const floor = (count: number, from = 1): string =>
  [
    'name,email,ticket_type,area',
    ...Array.from({ length: count }, (_, i) => `Guest ${from + i},guest${from + i}@example.org,Adult,Floor`),
  ].join('\n');

/** Uploads a list; nothing of it is sold yet. */
export const start = async (
  world: BoxOfficeWorld,
  ...args: Parameters<BoxOfficeWorld['upload']>
): Promise<AttendeeImport> => {
  const started = await startAttendeeImport(world.organizer, world.upload(...args));
  if (started.import === null) throw new Error('nothing was started');
  return started.import;
};

/** The job as the worker runs it: again and again until it is done. */
export const run = async (deps: OrganizerDeps, { id: importId }: AttendeeImport): Promise<void> => {
  for (let again = true; again; )
    again = await runAttendeeImport(deps, { importId }).then(
      ({ result }) => result === 'retry',
      (error: unknown) => {
        if (isDomainError(error, 'busy.try_again')) return true;
        throw error;
      },
    );
};

export const progress = (world: BoxOfficeWorld, { id: importId, organizationId }: AttendeeImport) =>
  getAttendeeImport(world.organizer, { importId, organizationId });

/** As if so much time had gone by. */
export const expireLease = async (world: BoxOfficeWorld, { id }: AttendeeImport): Promise<void> => {
  await world.mongo.db
    .collection<{ _id: string }>('attendeeImports')
    .updateOne({ _id: id, lease: { $exists: true } }, { $set: { 'lease.until': new Date(0) } });
};

/** Everything told to Redis, and nothing left over or amiss anywhere. */
export const expectClean = async (world: BoxOfficeWorld) => {
  expect(await runJobs(world, { only: ['inventory.follow_claims', 'notification.send'] })).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ job: 'inventory.follow_claims' })]),
  );
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  const mirror = await auditMirror({ ...world.deps, mirror: world.inventory.mirror }, world.event.id);
  expect(mirror).toMatchObject({ cold: false, differences: [] });
  return counts;
};

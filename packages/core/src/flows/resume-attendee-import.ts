import type { ImportProgress } from '../attendees/attendee-import.ts';
import { type AttendeeImportRef, getAttendeeImport } from '../attendees/get-attendee-import.ts';
import type { AttendeeImportStore, AttendeeRowStore } from '../attendees/ports.ts';
import type { SaleDeps } from './sale-deps.ts';

type Deps = Pick<SaleDeps, 'unitOfWork' | 'outbox' | 'clock'> & {
  readonly imports: Pick<AttendeeImportStore, 'find'>;
  readonly rows: Pick<AttendeeRowStore, 'countByStatus'>;
};

/**
 * Sets a running import going again, should its job have been given up (a job comes back by itself as long as anything may pass).
 * One that is going already is not harmed: one worker at a time has its lease. Of one that has ended it is nothing.
 */
export const resumeAttendeeImport = async (
  deps: Deps,
  command: AttendeeImportRef,
): Promise<ImportProgress> => {
  const progress = await getAttendeeImport(deps, command);
  const { id: importId, status } = progress;
  if (status !== 'running') return progress;
  const dueAt = deps.clock.now();
  const minute = Math.floor(dueAt.getTime() / 60_000);
  await deps.unitOfWork.run((tx) =>
    deps.outbox.add(tx, [
      {
        job: 'attendees.run_import',
        payload: { importId },
        dueAt,
        // Once a minute at most, however often somebody asks.
        key: `import:${importId}:${minute}`,
      },
    ]),
  );
  return progress;
};

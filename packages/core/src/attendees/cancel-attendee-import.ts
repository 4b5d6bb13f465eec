import type { Clock } from '../shared/clock.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { ImportProgress } from './attendee-import.ts';
import { type AttendeeImportRef, getAttendeeImport } from './get-attendee-import.ts';
import { ownImport } from './own-import.ts';
import type { AttendeeImportStore, AttendeeRowStore } from './ports.ts';

type Deps = {
  readonly imports: AttendeeImportStore;
  readonly rows: AttendeeRowStore;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/**
 * Cancels what is left of an import; what is sold stays sold. A line that is being sold at this moment is one or the other: both
 * move it from `waiting`. Of an import that has ended it is nothing.
 */
export const cancelAttendeeImport = async (
  deps: Deps,
  command: AttendeeImportRef,
): Promise<ImportProgress> => {
  const { id } = await ownImport(deps.imports, command);
  await deps.unitOfWork.run(async (tx) => {
    if (!(await deps.imports.markCancelled(tx, id, deps.clock.now()))) return;
    await deps.rows.cancelWaiting(tx, id);
  });
  return getAttendeeImport(deps, command);
};

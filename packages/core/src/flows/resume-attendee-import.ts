import type { ImportProgress } from '../attendees/attendee-import.ts';
import { capabilitiesFor } from '../attendees/capabilities-for.ts';
import { type AttendeeImportRef, getAttendeeImport } from '../attendees/get-attendee-import.ts';
import type { AttendeeImportStore, AttendeeRowStore } from '../attendees/ports.ts';
import { requireCapability } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { SaleDeps } from './sale-deps.ts';

type Deps = Pick<SaleDeps, 'unitOfWork' | 'outbox' | 'clock'> & {
  readonly imports: Pick<AttendeeImportStore, 'find' | 'markResumed'>;
  readonly rows: Pick<AttendeeRowStore, 'countByStatus'>;
};

/**
 * Sets an import going again: one that was stopped because its seller may sell no more, which is sold in the caller's right from then
 * on; or a running one, should its job have been given up (a job comes back by itself as long as anything may pass). One that is going
 * already is not harmed: one worker at a time has its lease. Of one that has ended it is nothing. Throws `thing.not_found`,
 * `capability.missing`.
 */
export const resumeAttendeeImport = async (
  deps: Deps,
  command: AttendeeImportRef & { readonly access: OrganizationAccess },
): Promise<ImportProgress> => {
  const { access } = command;
  const progress = await getAttendeeImport(deps, command);
  const { id: importId, status, limitOverride } = progress;
  if (status !== 'running' && status !== 'stopped') return progress;
  for (const capability of capabilitiesFor(limitOverride)) requireCapability(access.role, capability);
  const dueAt = deps.clock.now();
  const minute = Math.floor(dueAt.getTime() / 60_000);
  await deps.unitOfWork.run(async (tx) => {
    const resumed = status === 'stopped' && (await deps.imports.markResumed(tx, importId, access.userId));
    await deps.outbox.add(tx, [
      {
        job: 'attendees.run_import',
        payload: { importId },
        dueAt,
        // Once a minute at most, however often somebody asks; but what was stopped goes on, however soon.
        key: resumed ? `import:${importId}:${dueAt.toISOString()}` : `import:${importId}:${minute}`,
      },
    ]);
  });
  return getAttendeeImport(deps, command);
};

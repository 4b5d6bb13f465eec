import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import type { ImportProgress } from './attendee-import.ts';
import { ownImport } from './own-import.ts';
import type { AttendeeImportStore, AttendeeRowStore } from './ports.ts';

export const attendeeImportRef = z.object({ organizationId: idSchema('org'), importId: idSchema('imp') });
export type AttendeeImportRef = z.output<typeof attendeeImportRef>;

type Deps = {
  readonly imports: Pick<AttendeeImportStore, 'find'>;
  readonly rows: Pick<AttendeeRowStore, 'countByStatus'>;
};

/** How far an import is; what an organizer watches. */
export const getAttendeeImport = async (
  { imports, rows }: Deps,
  command: AttendeeImportRef,
): Promise<ImportProgress> => {
  const found = await ownImport(imports, command);
  return { ...found, counts: await rows.countByStatus(found.id) };
};

import type { AttendeeImportRef } from './get-attendee-import.ts';
import { ownImport } from './own-import.ts';
import type { AttendeeImportStore, AttendeeRowStore } from './ports.ts';
import { reportCsv } from './report-csv.ts';

type Deps = {
  readonly imports: Pick<AttendeeImportStore, 'find'>;
  readonly rows: Pick<AttendeeRowStore, 'list'>;
};

/** What became of each line so far, as a CSV file. */
export const getImportReport = async (
  { imports, rows }: Deps,
  command: AttendeeImportRef,
): Promise<{ readonly filename: string; readonly content: string }> => {
  const found = await ownImport(imports, command);
  return { filename: `report-${found.id}.csv`, content: reportCsv(await rows.list(found.id)) };
};

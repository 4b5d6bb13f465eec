import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { writeOutputFile } from '../write-output-file.ts';

export type AttendeesReportOptions = { readonly org?: string; readonly out?: string };

/** What became of each line, as CSV on standard output or in a file. */
export const reportImport = async (
  context: CommandContext,
  importId: string,
  { org, out }: AttendeesReportOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const report = await client.api.attendees.report.query({ organizationId, importId });
  if (out !== undefined) await writeOutputFile(out, report.content);
  context.print(out === undefined ? report : { filename: out }, () =>
    out === undefined ? report.content : `${green(context.io, '✓')} ${out}\n`,
  );
};

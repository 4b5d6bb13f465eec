import type { CommandContext } from '../command-context.ts';
import { writeOutputFile } from '../write-output-file.ts';

export type AttendeesReportOptions = { readonly org?: string; readonly out?: string };

/** What became of each line, as CSV on standard output or in a file. */
export const reportImport = async (
  context: CommandContext,
  importId: string,
  { org, out }: AttendeesReportOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const report = await client.api.attendees.report.query({ organizationId, importId });
  if (out === undefined) {
    context.print(report, () => report.content);
    return;
  }
  await writeOutputFile(out, report.content);
  context.done({ filename: out }, out);
};

import { join } from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { dim, green } from '../io.ts';
import { whenAllowed } from '../when-allowed.ts';
import { writeOutputFile } from '../write-output-file.ts';

export type AttendeesPrintOptions = {
  readonly org?: string;
  readonly out: string;
  readonly from: number;
  readonly part?: number;
};

/** Saves the tickets of a list as PDF files to print, all parts, those from one on, or one of them. */
export const printImport = async (
  context: CommandContext,
  importId: string,
  { org, out, from, part: only }: AttendeesPrintOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, importId };
  const files: string[] = [];
  let tickets = 0;
  for (let part = only ?? from, last = part; part <= last; part += 1) {
    const printed = await whenAllowed(context.io, () =>
      client.api.attendees.document.query({ ...ref, part }),
    );
    if (only === undefined) last = printed.parts;
    if (printed.file === null) continue;
    const path = join(out, printed.file.filename);
    await writeOutputFile(path, Buffer.from(printed.file.base64, 'base64'));
    files.push(path);
    tickets += printed.tickets;
    if (last > 1) context.io.stderr.write(`${dim(context.io, `part ${part} of ${last}`)}\n`);
  }
  context.print({ files, tickets }, () =>
    files.length === 0
      ? 'There is no ticket to print.\n'
      : `${green(context.io, '✓')} ${tickets} ${tickets === 1 ? 'ticket' : 'tickets'} in\n${files.map((path) => `  ${path}\n`).join('')}`,
  );
};

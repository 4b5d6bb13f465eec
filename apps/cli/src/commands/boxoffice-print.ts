import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { writeOutputFile } from '../write-output-file.ts';

export type BoxOfficePrintOptions = {
  readonly org?: string;
  readonly out?: string;
  readonly receipt?: true;
};

/** Saves the tickets, or the receipt, of a booking that the organization sold. */
export const printSold = async (
  context: CommandContext,
  named: string,
  { org, out, receipt }: BoxOfficePrintOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const bookingId = await bookingIdOf(client, organizationId, named);
  const kind = receipt === true ? 'receipt' : 'tickets';
  const file = await client.api.boxOffice.document.query({ organizationId, bookingId, kind });
  const path = out ?? file.filename;
  await writeOutputFile(path, Buffer.from(file.base64, 'base64'));
  context.done({ filename: path }, path);
};

import type { CommandContext } from '../command-context.ts';
import { dim } from '../io.ts';
import { readInputFile } from '../read-input-file.ts';

export type VenuesImportOptions = {
  readonly org?: string;
  readonly venue: string;
  readonly format?: 'plan' | 'csv';
  readonly name?: string;
};

/** By the ending of the file's name, unless said; a plan is JSON. */
const formatOf = (path: string, said: 'plan' | 'csv' | undefined): 'plan' | 'csv' =>
  said ?? (/\.csv$/i.test(path) ? 'csv' : 'plan');

/** Stores the next version of a venue's seat map. */
export const importSeatMap = async (
  context: CommandContext,
  path: string,
  { org, venue, format, name }: VenuesImportOptions,
): Promise<void> => {
  const content = await readInputFile(context.io, path);
  const { client, organizationId } = await context.inOrganization(org);
  const seatMap = await client.api.venues.importSeatMap.mutate({
    organizationId,
    venueId: venue,
    format: formatOf(path, format),
    content,
    ...(name !== undefined && { name }),
  });
  const { io } = context;
  const categories = seatMap.categories.map((category) => category.name).join(', ');
  const ignored = seatMap.ignored.map((thing) => `\n${dim(io, `  read over: ${thing}`)}`).join('');
  context.done(
    seatMap,
    `${seatMap.name}, version ${seatMap.version}: ${seatMap.seatCount} seats (${categories})\n  ${seatMap.id}${ignored}`,
  );
};

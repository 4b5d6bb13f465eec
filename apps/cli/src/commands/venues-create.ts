import type { CommandContext } from '../command-context.ts';
import { parseJsonObject } from '../parse-json.ts';
import { readInputFile } from '../read-input-file.ts';

/** A venue from a JSON file: name, address, city, country, location, zone. */
export const createVenue = async (
  context: CommandContext,
  { org, file }: { readonly org?: string; readonly file: string },
): Promise<void> => {
  const fields = parseJsonObject(await readInputFile(context.io, file), file);
  const { client, organizationId } = await context.inOrganization(org);
  // The API checks the file: its answer names each fault with its place.
  const command = { ...fields, organizationId } as Parameters<typeof client.api.venues.create.mutate>[0];
  const venue = await client.api.venues.create.mutate(command);
  context.done(venue, `${venue.name} is ${venue.id}`);
};

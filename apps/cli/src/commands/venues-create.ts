import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { parseJsonObject } from '../parse-json.ts';
import { readInputFile } from '../read-input-file.ts';

/** A venue from a JSON file: name, address, city, country, location, zone. */
export const createVenue = async (
  context: CommandContext,
  { org, file }: { readonly org?: string; readonly file: string },
): Promise<void> => {
  const fields = parseJsonObject(await readInputFile(context.io, file), file);
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  // The API checks the file: its answer names each fault with its place.
  const command = { ...fields, organizationId } as Parameters<typeof client.api.venues.create.mutate>[0];
  const venue = await client.api.venues.create.mutate(command);
  context.print(venue, () => `${green(context.io, '✓')} ${venue.name} is ${venue.id}\n`);
};

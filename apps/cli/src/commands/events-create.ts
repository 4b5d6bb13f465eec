import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { dim, green } from '../io.ts';
import { parseJsonObject } from '../parse-json.ts';
import { readInputFile } from '../read-input-file.ts';

export type EventsCreateOptions = { readonly org?: string; readonly file: string };

/** A draft from a JSON file with the fields of `events.create`. The API checks it and names each fault with its place. */
export const createEvent = async (
  context: CommandContext,
  { org, file }: EventsCreateOptions,
): Promise<void> => {
  const { io } = context;
  const fields = parseJsonObject(await readInputFile(io, file), file);
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  // Unchecked here on purpose: one place says what is valid, and that is the API.
  const command = { ...fields, organizationId } as Parameters<typeof client.api.events.create.mutate>[0];
  const event = await client.api.events.create.mutate(command);
  context.print(
    event,
    () =>
      `${green(io, '✓')} ${event.title} is ${event.id}, a draft.\n${dim(io, `Put it on sale with: eventhorizon events publish ${event.id}`)}\n`,
  );
};

import type { CommandContext } from '../command-context.ts';
import { dim } from '../io.ts';
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
  const { client, organizationId } = await context.inOrganization(org);
  // Unchecked here on purpose: one place says what is valid, and that is the API.
  const command = { ...fields, organizationId } as Parameters<typeof client.api.events.create.mutate>[0];
  const event = await client.api.events.create.mutate(command);
  const next = dim(io, `Put it on sale with: eventhorizon events publish ${event.id}`);
  context.done(event, `${event.title} is ${event.id}, a draft.\n${next}`);
};

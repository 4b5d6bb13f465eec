import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

export type EventsPublishOptions = { readonly org?: string; readonly at?: string };

/** Puts an event on sale, now or at a set time. */
export const publishEvent = async (
  context: CommandContext,
  eventId: string,
  { org, at }: EventsPublishOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const event = await client.api.events.publish.mutate({
    organizationId,
    eventId,
    ...(at !== undefined && { at }),
  });
  const when = event.publishAt === null ? 'is on sale' : `goes on sale at ${event.publishAt}`;
  context.print(event, () => `${green(context.io, '✓')} ${event.title} ${when}.\n`);
};

import type { CommandContext } from '../command-context.ts';

export type EventsPublishOptions = { readonly org?: string; readonly at?: string };

/** Puts an event on sale, now or at a set time. */
export const publishEvent = async (
  context: CommandContext,
  eventId: string,
  { org, at }: EventsPublishOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const event = await client.api.events.publish.mutate({
    organizationId,
    eventId,
    ...(at !== undefined && { at }),
  });
  const when = event.publishAt === null ? 'is on sale' : `goes on sale at ${event.publishAt}`;
  context.done(event, `${event.title} ${when}.`);
};

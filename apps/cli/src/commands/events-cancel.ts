import type { CommandContext } from '../command-context.ts';
import { renderChange } from '../render-change.ts';
import { watchChange } from '../watch-change.ts';

export type EventsCancelOptions = {
  readonly org?: string;
  readonly reason: string;
  readonly title: string;
  readonly watch?: true;
};

/** Ends every booking and sends all money back; the title has to be repeated. */
export const cancelEvent = async (
  context: CommandContext,
  eventId: string,
  { org, reason, title, watch }: EventsCancelOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, eventId };
  const begun = await client.api.events.cancel.mutate({ ...ref, reason, title });
  const progress = watch === true ? await watchChange(context.io, client, ref) : begun;
  context.print(progress, () => renderChange(context.io, progress));
};

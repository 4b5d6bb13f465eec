import type { CommandContext } from '../command-context.ts';
import { renderChange } from '../render-change.ts';
import { watchChange } from '../watch-change.ts';

export type EventsProgressOptions = { readonly org?: string; readonly watch?: true };

/** How far a cancellation, a postponement or a new date has reached those who bought. */
export const showProgress = async (
  context: CommandContext,
  eventId: string,
  { org, watch }: EventsProgressOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, eventId };
  const progress =
    watch === true ? await watchChange(context.io, client, ref) : await client.api.events.progress.query(ref);
  context.print(progress, () => renderChange(context.io, progress));
};

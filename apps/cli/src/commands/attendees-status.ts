import type { CommandContext } from '../command-context.ts';
import { renderImport } from '../render-import.ts';
import { watchImport } from '../watch-import.ts';

export type AttendeesStatusOptions = { readonly org?: string; readonly watch?: true };

/** How far an import is. */
export const showImport = async (
  context: CommandContext,
  importId: string,
  { org, watch }: AttendeesStatusOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, importId };
  const progress =
    watch === true ? await watchImport(context.io, client, ref) : await client.api.attendees.get.query(ref);
  context.print(progress, () => renderImport(context.io, progress));
};

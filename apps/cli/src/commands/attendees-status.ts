import { chooseOrganization } from '../choose-organization.ts';
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
  const client = await context.loggedIn();
  const ref = { organizationId: await chooseOrganization(client, org), importId };
  const progress =
    watch === true ? await watchImport(context.io, client, ref) : await client.api.attendees.get.query(ref);
  context.print(progress, () => renderImport(context.io, progress));
};

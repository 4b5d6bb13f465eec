import type { CommandContext } from '../command-context.ts';
import { renderImport } from '../render-import.ts';

/** Cancels what is left of an import; what is sold stays sold. */
export const cancelImport = async (
  context: CommandContext,
  importId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const progress = await client.api.attendees.cancel.mutate({ organizationId, importId });
  context.print(progress, () => renderImport(context.io, progress));
};

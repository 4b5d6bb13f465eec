import type { CommandContext } from '../command-context.ts';
import { renderImport } from '../render-import.ts';

/** Goes on with an import that was stopped, in the caller's right. */
export const resumeImport = async (
  context: CommandContext,
  importId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const progress = await client.api.attendees.resume.mutate({ organizationId, importId });
  context.print(progress, () => renderImport(context.io, progress));
};

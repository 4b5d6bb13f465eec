import type { CommandContext } from '../command-context.ts';
import { renderImport } from '../render-import.ts';
import { watchImport } from '../watch-import.ts';

/** Mails the tickets of a list that was sold without letters. */
export const mailImport = async (
  context: CommandContext,
  importId: string,
  { org, watch }: { readonly org?: string; readonly watch?: true },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, importId };
  const asked = await client.api.attendees.mail.mutate(ref);
  const progress = watch === true ? await watchImport(context.io, client, ref) : asked;
  context.print(progress, () => renderImport(context.io, progress));
};

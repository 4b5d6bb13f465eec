import type { CommandContext } from '../command-context.ts';

export type WaitlistRemoveOptions = { readonly org?: string; readonly reason: string };

/** Takes an entry off the list. */
export const removeFromWaitlist = async (
  context: CommandContext,
  entryId: string,
  { org, reason }: WaitlistRemoveOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  await client.api.waitlist.remove.mutate({ organizationId, entryId, reason });
  context.done({ entryId }, `${entryId} is off the list.`);
};

import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

export type WaitlistRemoveOptions = { readonly org?: string; readonly reason: string };

/** Takes an entry off the list. */
export const removeFromWaitlist = async (
  context: CommandContext,
  entryId: string,
  { org, reason }: WaitlistRemoveOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  await client.api.waitlist.remove.mutate({ organizationId, entryId, reason });
  context.print({ entryId }, () => `${green(context.io, '✓')} ${entryId} is off the list.\n`);
};

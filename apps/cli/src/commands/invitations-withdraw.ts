import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

/** From now on the letters of this invitation open nothing. */
export const withdrawInvitation = async (
  context: CommandContext,
  invitationId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const withdrawn = await client.api.invitations.withdraw.mutate({ organizationId, invitationId });
  context.print(
    withdrawn,
    () => `${green(context.io, '✓')} The invitation of ${withdrawn.email} is withdrawn.\n`,
  );
};

import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

/** Leaves a team. */
export const leaveTeam = async (
  context: CommandContext,
  { org }: { readonly org?: string },
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  await client.api.members.leave.mutate({ organizationId });
  context.print(
    { left: organizationId },
    () => `${green(context.io, '✓')} You have left ${organizationId}.\n`,
  );
};

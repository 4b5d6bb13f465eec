import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { findMember } from './find-member.ts';

/** Takes a member out of the team, and the invitations they made with them. */
export const removeMember = async (
  context: CommandContext,
  member: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const membershipId = await findMember(client, organizationId, member);
  await client.api.members.remove.mutate({ organizationId, membershipId });
  context.print(
    { removed: membershipId },
    () => `${green(context.io, '✓')} ${member} has no access any more.\n`,
  );
};

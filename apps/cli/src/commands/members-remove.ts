import type { CommandContext } from '../command-context.ts';
import { findMember } from './find-member.ts';

/** Takes a member out of the team, and the invitations they made with them. */
export const removeMember = async (
  context: CommandContext,
  member: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const membershipId = await findMember(client, organizationId, member);
  await client.api.members.remove.mutate({ organizationId, membershipId });
  context.done({ removed: membershipId }, `${member} has no access any more.`);
};

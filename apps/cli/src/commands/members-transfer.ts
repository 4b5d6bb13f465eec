import type { CommandContext } from '../command-context.ts';
import { findMember } from './find-member.ts';

/** Makes a member the owner; who was it becomes a manager. */
export const transferOwnership = async (
  context: CommandContext,
  member: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const membershipId = await findMember(client, organizationId, member);
  const owner = await client.api.members.transferOwnership.mutate({ organizationId, membershipId });
  context.done(owner, `${member} is the owner now, and you are a manager.`);
};

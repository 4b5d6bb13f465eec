import type { GivableRole } from '@eventhorizon/core/organizations/capabilities';
import type { CommandContext } from '../command-context.ts';
import { findMember } from './find-member.ts';

/** Gives a member another role. */
export const changeRole = async (
  context: CommandContext,
  member: string,
  role: GivableRole,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const membershipId = await findMember(client, organizationId, member);
  const changed = await client.api.members.changeRole.mutate({ organizationId, membershipId, role });
  context.done(changed, `${member} is ${changed.role} now.`);
};

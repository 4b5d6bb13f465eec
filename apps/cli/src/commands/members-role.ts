import type { GivableRole } from '@eventhorizon/core/organizations/capabilities';
import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { findMember } from './find-member.ts';

/** Gives a member another role. */
export const changeRole = async (
  context: CommandContext,
  member: string,
  role: GivableRole,
  { org }: { readonly org?: string },
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const membershipId = await findMember(client, organizationId, member);
  const changed = await client.api.members.changeRole.mutate({ organizationId, membershipId, role });
  context.print(changed, () => `${green(context.io, '✓')} ${member} is ${changed.role} now.\n`);
};

import type { GivableRole } from '@eventhorizon/core/organizations/capabilities';
import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

export type MembersInviteOptions = { readonly org?: string; readonly role: GivableRole };

/** Mails an address a code to join with. */
export const inviteMember = async (
  context: CommandContext,
  email: string,
  { org, role }: MembersInviteOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const invitation = await client.api.invitations.create.mutate({ organizationId, email, role });
  context.print(
    invitation,
    () =>
      `${green(context.io, '✓')} ${invitation.email} is invited as ${role}, until ${invitation.expiresAt}.\n  ${invitation.id}\n`,
  );
};

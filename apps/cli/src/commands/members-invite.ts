import type { GivableRole } from '@eventhorizon/core/organizations/capabilities';
import type { CommandContext } from '../command-context.ts';

export type MembersInviteOptions = { readonly org?: string; readonly role: GivableRole };

/** Mails an address a code to join with. */
export const inviteMember = async (
  context: CommandContext,
  email: string,
  { org, role }: MembersInviteOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const invitation = await client.api.invitations.create.mutate({ organizationId, email, role });
  context.done(
    invitation,
    `${invitation.email} is invited as ${role}, until ${invitation.expiresAt}.\n  ${invitation.id}`,
  );
};

import type { CommandContext } from '../command-context.ts';

/** From now on the letters of this invitation open nothing. */
export const withdrawInvitation = async (
  context: CommandContext,
  invitationId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const withdrawn = await client.api.invitations.withdraw.mutate({ organizationId, invitationId });
  context.done(withdrawn, `The invitation of ${withdrawn.email} is withdrawn.`);
};

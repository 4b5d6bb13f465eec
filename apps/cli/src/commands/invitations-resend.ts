import type { CommandContext } from '../command-context.ts';

/** Mails an invitation once more, valid for another week. */
export const resendInvitation = async (
  context: CommandContext,
  invitationId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const resent = await client.api.invitations.resend.mutate({ organizationId, invitationId });
  context.done(resent, `${resent.email} gets another letter; valid until ${resent.expiresAt}.`);
};

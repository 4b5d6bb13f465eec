import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

/** Mails an invitation once more, valid for another week. */
export const resendInvitation = async (
  context: CommandContext,
  invitationId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const resent = await client.api.invitations.resend.mutate({ organizationId, invitationId });
  context.print(
    resent,
    () => `${green(context.io, '✓')} ${resent.email} gets another letter; valid until ${resent.expiresAt}.\n`,
  );
};

import type { CommandContext } from '../command-context.ts';

/** Joins the team that a mailed code invites to. */
export const acceptInvitation = async (context: CommandContext, token: string): Promise<void> => {
  const client = await context.loggedIn();
  const membership = await client.api.invitations.accept.mutate({ token });
  context.done(membership, `You are ${membership.role} of ${membership.organizationId} now.`);
};

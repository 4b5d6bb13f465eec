import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

/** Joins the team that a mailed code invites to. */
export const acceptInvitation = async (context: CommandContext, token: string): Promise<void> => {
  const client = await context.loggedIn();
  const membership = await client.api.invitations.accept.mutate({ token });
  context.print(
    membership,
    () => `${green(context.io, '✓')} You are ${membership.role} of ${membership.organizationId} now.\n`,
  );
};

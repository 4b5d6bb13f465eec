import type { CommandContext } from '../command-context.ts';

/** Leaves a team. */
export const leaveTeam = async (
  context: CommandContext,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  await client.api.members.leave.mutate({ organizationId });
  context.done({ left: organizationId }, `You have left ${organizationId}.`);
};

import type { CommandContext } from '../command-context.ts';

export const createOrganization = async (context: CommandContext, name: string): Promise<void> => {
  const client = await context.loggedIn();
  const { organization } = await client.api.organizations.create.mutate({ name });
  context.done(organization, `${organization.name} is ${organization.id}`);
};

import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';

export const createOrganization = async (context: CommandContext, name: string): Promise<void> => {
  const client = await context.loggedIn();
  const { organization } = await client.api.organizations.create.mutate({ name });
  context.print(organization, () => `${green(context.io, '✓')} ${organization.name} is ${organization.id}\n`);
};

import type { Client } from '@eventhorizon/client/create-client';
import { UsageError } from './usage-error.ts';

/** The organization that `--org` names, or the only one there is. */
export const chooseOrganization = async (client: Client, wanted: string | undefined): Promise<string> => {
  if (wanted !== undefined) return wanted;
  const { items, nextCursor } = await client.api.organizations.listMine.query({});
  const [only] = items;
  if (only === undefined)
    throw new UsageError(
      'You belong to no organization. Create one with: eventhorizon organizations create <name>',
    );
  if (items.length > 1 || nextCursor !== null) {
    const known = items.map(({ organization: { id, name } }) => `  ${id}  ${name}`).join('\n');
    throw new UsageError(`You belong to several organizations. Choose one with --org:\n${known}`);
  }
  return only.organization.id;
};

import type { Client } from '@eventhorizon/client/create-client';
import { UsageError } from '../usage-error.ts';

/** The id of the member that a person named: by id, e-mail address or user name. */
export const findMember = async (client: Client, organizationId: string, named: string): Promise<string> => {
  if (named.startsWith('mbr_')) return named;
  const wanted = named.toLowerCase();
  let cursor: string | undefined;
  do {
    const page = await client.api.members.list.query({ organizationId, limit: 100, cursor });
    const found = page.items.find(({ account }) =>
      [account?.email, account?.username].some((name) => name?.toLowerCase() === wanted),
    );
    if (found !== undefined) return found.id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  throw new UsageError(`Nobody in the team is called ${named}. See them with: eventhorizon members list`);
};

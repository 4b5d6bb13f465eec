import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';

export type ListOptions = { readonly org?: string; readonly limit: number; readonly cursor?: string };

export const listVenues = async (context: CommandContext, { org, ...page }: ListOptions): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const venues = await client.api.venues.list.query({ organizationId, ...page });
  context.print(venues, () => {
    const rows = venues.items.map(({ id, name, city, country, zone }) => [
      id,
      name,
      `${city}, ${country}`,
      zone,
    ]);
    const more = venues.nextCursor === null ? '' : `More: --cursor ${venues.nextCursor}\n`;
    return renderTable(context.io, ['id', 'name', 'city', 'time zone'], rows) + more;
  });
};

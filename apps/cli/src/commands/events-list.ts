import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';
import type { ListOptions } from './venues-list.ts';

/** An organization's events, the newest first; times as they are read off the wall at the venue. */
export const listEvents = async (context: CommandContext, { org, ...page }: ListOptions): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const events = await client.api.events.list.query({ organizationId, ...page });
  context.print(events, () => {
    const rows = events.items.map(({ id, title, startsAt, status, publishAt }) => [
      id,
      title,
      `${startsAt.local.replace('T', ' ')} ${startsAt.zone}`,
      publishAt === null ? status : `${status}, on sale from ${publishAt}`,
    ]);
    const more = events.nextCursor === null ? '' : `More: --cursor ${events.nextCursor}\n`;
    return renderTable(context.io, ['id', 'title', 'starts', 'status'], rows) + more;
  });
};

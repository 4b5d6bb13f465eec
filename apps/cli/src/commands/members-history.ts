import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';
import type { ListOptions } from './venues-list.ts';

/** Who did what to the team, newest first. */
export const showHistory = async (context: CommandContext, { org, ...page }: ListOptions): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const acts = await client.api.members.history.query({ organizationId, ...page });
  context.print(acts, () => {
    const rows = acts.items.map(({ number, at, by, kind, member, invited, role, what }) => [
      String(number),
      at,
      by === null ? '(whoever had the letter)' : `${by.username} (${by.as.replace('_', ' ')})`,
      kind.replaceAll('_', ' '),
      member?.username ?? invited ?? what ?? '',
      role ?? '',
    ]);
    const more = acts.nextCursor === null ? '' : `More: --cursor ${acts.nextCursor}\n`;
    return renderTable(context.io, ['no.', 'when', 'who', 'did', 'about', 'role'], rows) + more;
  });
};

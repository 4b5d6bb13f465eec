import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';
import type { ListOptions } from './venues-list.ts';

export const listMembers = async (context: CommandContext, { org, ...page }: ListOptions): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const members = await client.api.members.list.query({ organizationId, ...page });
  context.print(members, () => {
    const rows = members.items.map(({ id, role, account, since }) => [
      id,
      account?.name ?? account?.username ?? '(no account any more)',
      account?.email ?? '',
      role,
      since.slice(0, 10),
    ]);
    const more = members.nextCursor === null ? '' : `More: --cursor ${members.nextCursor}\n`;
    return renderTable(context.io, ['id', 'name', 'e-mail', 'role', 'since'], rows) + more;
  });
};

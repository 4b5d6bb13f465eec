import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';
import type { ListOptions } from './venues-list.ts';

export const listInvitations = async (
  context: CommandContext,
  { org, ...page }: ListOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const invitations = await client.api.invitations.list.query({ organizationId, ...page });
  context.print(invitations, () => {
    const rows = invitations.items.map(({ id, email, role, status, expiresAt }) => [
      id,
      email,
      role,
      status,
      expiresAt,
    ]);
    const more = invitations.nextCursor === null ? '' : `More: --cursor ${invitations.nextCursor}\n`;
    return renderTable(context.io, ['id', 'e-mail', 'role', 'status', 'until'], rows) + more;
  });
};

import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';

export const listOrganizations = async (context: CommandContext): Promise<void> => {
  const client = await context.loggedIn();
  const page = await client.api.organizations.listMine.query({ limit: 100 });
  context.print(page, () =>
    renderTable(
      context.io,
      ['id', 'name', 'role'],
      page.items.map(({ organization: { id, name }, role }) => [id, name, role]),
    ),
  );
};

import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';

/** Through whose hands a ticket went, by the id of any of its generations. */
export const showHolders = async (
  context: CommandContext,
  ticketId: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const chain = await client.api.tickets.holders.query({ organizationId, ticketId });
  context.print(chain, () => {
    const rows = chain.holders.map(({ ticketId: id, generation, email, attendeeName, issuedAt, status }) => [
      String(generation),
      email ?? '(no address)',
      attendeeName ?? '',
      issuedAt.slice(0, 16).replace('T', ' '),
      status,
      id,
    ]);
    const header = ['no.', 'e-mail', 'attendee', 'since (UTC)', 'status', 'ticket'];
    return `${chain.label}, ${chain.ticketTypeName}, booking ${chain.reference}\n${renderTable(context.io, header, rows)}`;
  });
};

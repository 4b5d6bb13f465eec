import type { EntryStatus } from '@eventhorizon/core/waitlist/entry';
import type { CommandContext } from '../command-context.ts';
import { utc } from '../render-offer.ts';
import { renderTable } from '../render-table.ts';
import { wishText } from '../wish-text.ts';
import type { ListOptions } from './venues-list.ts';

export type WaitlistListOptions = ListOptions & { readonly status?: EntryStatus };

const HEADING = ['no.', 'entry', 'who', 'e-mail', 'wants', 'status', 'offer', 'until'];

/** An event's list in the order in which people are served. */
export const listWaitlist = async (
  context: CommandContext,
  eventId: string,
  { org, status, ...page }: WaitlistListOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, eventId };
  const entries = await client.api.waitlist.list.query({
    ...ref,
    ...page,
    ...(status !== undefined && { status }),
  });
  const event = await client.api.events.get.query(ref);
  context.print(entries, () => {
    if (entries.items.length === 0) return 'Nobody.\n';
    const rows = entries.items.map((entry) => {
      const open = entry.offer?.status === 'open' ? entry.offer : null;
      return [
        entry.position === null ? '' : String(entry.position),
        entry.id,
        entry.person?.name ?? '',
        entry.person?.email ?? '',
        `${entry.quantity}${entry.partWelcome ? ' or fewer' : ''}: ${wishText(event, entry.wish)}`,
        entry.endReason === null ? entry.status : `${entry.status} (${entry.endReason.replaceAll('_', ' ')})`,
        open?.id ?? '',
        open === null ? '' : utc(open.expiresAt),
      ];
    });
    const more = entries.nextCursor === null ? '' : `More: --cursor ${entries.nextCursor}\n`;
    return renderTable(context.io, HEADING, rows) + more;
  });
};

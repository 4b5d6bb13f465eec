import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';
import { wishText } from '../wish-text.ts';
import type { WaitlistOptions } from './waitlist-steer.ts';

/** How the waitlist of an event stands, and what is waited for. */
export const showWaitlist = async (
  context: CommandContext,
  eventId: string,
  { org }: WaitlistOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const ref = { organizationId, eventId };
  const list = await client.api.waitlist.get.query(ref);
  const event = await client.api.events.get.query(ref);
  context.print(list, () => {
    const { entries, offers } = list;
    const rows = [
      ['state', list.state.replaceAll('_', ' ')],
      ['when it is somebody’s turn', list.mode === 'assign' ? 'booked at once' : 'offered'],
      ['an offer lasts', `${list.offerMs / 3_600_000} h, less as the start nears`],
      ['waiting', `${entries.waiting}, for ${list.ticketsWanted} tickets`],
      ['open offers', `${offers.open}, of ${offers.units} tickets`],
      ['kept for the list', String(list.unitsKept)],
      ['served', String(entries.converted)],
      ['lapsed', String(entries.lapsed)],
      ['left or removed', String(entries.cancelled)],
    ];
    const wishes = list.wishes.map((one) => [
      wishText(event, one.wish),
      String(one.entries),
      String(one.tickets),
    ]);
    return (
      renderTable(context.io, ['waitlist', ''], rows) +
      (wishes.length === 0 ? '' : renderTable(context.io, ['waited for', 'entries', 'tickets'], wishes))
    );
  });
};

import type { CommandContext } from '../command-context.ts';
import { renderTable } from '../render-table.ts';

export type RoomOptions = { readonly org?: string };

const count = (value: number | null): string => (value === null ? 'not known right now' : String(value));

/** How the waiting room of an event stands. */
export const showRoom = async (
  context: CommandContext,
  eventId: string,
  { org }: RoomOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const room = await client.api.waitingRoom.get.query({ organizationId, eventId });
  context.print(room, () => {
    const { local, zone } = room.opensAt;
    const rows = [
      ['state', room.state.replaceAll('_', ' ')],
      ['opens', `${local.replace('T', ' ')} ${zone}`],
      ['turns a minute', String(room.turnsPerMinute)],
      ['a turn lasts', `${room.turnMs / 60_000} min`],
      ['came before the opening', count(room.crowd)],
      ['called', count(room.called)],
      ['waiting', count(room.waiting)],
    ];
    return renderTable(context.io, ['waiting room', ''], rows);
  });
};

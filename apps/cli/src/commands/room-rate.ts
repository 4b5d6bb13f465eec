import type { CommandContext } from '../command-context.ts';
import type { RoomOptions } from './room-status.ts';

/** Sets how many turns begin in a minute. */
export const setRoomRate = async (
  context: CommandContext,
  eventId: string,
  turnsPerMinute: number,
  { org }: RoomOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const event = await client.api.waitingRoom.setRate.mutate({ organizationId, eventId, turnsPerMinute });
  context.done(event, `${turnsPerMinute} turns begin in a minute.`);
};

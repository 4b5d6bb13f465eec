import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import type { RoomOptions } from './room-status.ts';

/** Sets how many turns begin in a minute. */
export const setRoomRate = async (
  context: CommandContext,
  eventId: string,
  turnsPerMinute: number,
  { org }: RoomOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const event = await client.api.waitingRoom.setRate.mutate({ organizationId, eventId, turnsPerMinute });
  context.print(event, () => `${green(context.io, '✓')} ${turnsPerMinute} turns begin in a minute.\n`);
};

import type { CommandContext } from '../command-context.ts';
import type { RoomOptions } from './room-status.ts';

/** What a steering command is called, and what it says when it is done. */
export const ROOM_STEERING = {
  open: { procedure: 'open', does: 'open the doors now', done: 'The waiting room is open.' },
  pause: {
    procedure: 'pause',
    does: 'call nobody until it is resumed; turns that have begun run on',
    done: 'Nobody is called until you resume.',
  },
  resume: { procedure: 'resume', does: 'go on after a pause', done: 'The line moves again.' },
  'let-everybody-in': {
    procedure: 'letEverybodyIn',
    does: 'take the waiting room away for good: whoever comes may buy',
    done: 'The waiting room is gone: whoever comes may buy.',
  },
} as const;
export type RoomSteering = keyof typeof ROOM_STEERING;

/** Opens, pauses, resumes or removes the waiting room of an event. */
export const steerRoom = async (
  context: CommandContext,
  steering: RoomSteering,
  eventId: string,
  { org }: RoomOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const { procedure, done } = ROOM_STEERING[steering];
  const event = await client.api.waitingRoom[procedure].mutate({ organizationId, eventId });
  context.done(event, `${done}`);
};

import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { setRoomRate } from './commands/room-rate.ts';
import { showRoom } from './commands/room-status.ts';
import { ROOM_STEERING, type RoomSteering, steerRoom } from './commands/room-steer.ts';
import { integerOption, ORG } from './shared-options.ts';

/** Commands for the waiting rooms of events. */
export const addRoomCommands = (program: Command, context: () => CommandContext): void => {
  const room = program.command('room').description('the waiting room of an event');
  const ofEvent = (name: string, does: string): Command =>
    room
      .command(name)
      .argument('<event>', 'id of the event')
      .description(does)
      .option(...ORG);
  ofEvent('status', 'how it stands').action((event, options) => showRoom(context(), event, options));
  ofEvent('rate', 'how many turns begin in a minute')
    .argument('<turns>', 'turns a minute', integerOption(1))
    .action((event, turns, options) => setRoomRate(context(), event, turns, options));
  for (const [name, { does }] of Object.entries(ROOM_STEERING))
    ofEvent(name, does).action((event, options) =>
      // A key of the table that is walked.
      steerRoom(context(), name as RoomSteering, event, options),
    );
};

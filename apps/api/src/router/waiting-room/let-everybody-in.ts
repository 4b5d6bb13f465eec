import { steerRoom, steerRoomInput } from '@eventhorizon/core/waiting-room/steer-room';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Takes the room away, for good: whoever comes may hold. */
export const letEverybodyIn = organizerProcedure('events.publish')
  .input(steerRoomInput)
  .mutation(({ ctx, input }) => steerRoom(ctx.deps, input, { to: 'let_everybody_in' }));

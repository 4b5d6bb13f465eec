import { steerRoom, steerRoomInput } from '@eventhorizon/core/waiting-room/steer-room';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Goes on from where the line stood. */
export const resume = organizerProcedure('events.publish')
  .input(steerRoomInput)
  .mutation(({ ctx, input }) => steerRoom(ctx.deps, input, { to: 'resume' }));

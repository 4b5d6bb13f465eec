import { steerRoom, steerRoomInput } from '@eventhorizon/core/waiting-room/steer-room';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Opens the doors now, whatever was set. */
export const open = organizerProcedure('events.publish')
  .input(steerRoomInput)
  .mutation(({ ctx, input }) => steerRoom(ctx.deps, input, { to: 'open' }));

import { steerRoom, steerRoomInput } from '@eventhorizon/core/waiting-room/steer-room';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Calls nobody until it is resumed. Turns that have begun run on. */
export const pause = organizerProcedure('events.publish')
  .input(steerRoomInput)
  .mutation(({ ctx, input }) => steerRoom(ctx.deps, input, { to: 'pause' }));

import { getRoom } from '@eventhorizon/core/waiting-room/get-room';
import { steerRoomInput } from '@eventhorizon/core/waiting-room/steer-room';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** How a room stands, for its organizers. */
export const get = organizerProcedure('events.read')
  .input(steerRoomInput)
  .query(({ ctx, input }) => getRoom(ctx.deps, input));

import { setRoomRateInput, steerRoom } from '@eventhorizon/core/waiting-room/steer-room';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** How many turns begin in a minute from now on; of a paused room, from its resumption on. */
export const setRate = organizerProcedure('events.publish')
  .input(setRoomRateInput)
  .mutation(({ ctx, input: { turnsPerMinute, ...room } }) =>
    steerRoom(ctx.deps, room, { to: 'rate', turnsPerMinute }),
  );

import { lookAtRoom, roomRefInput } from '@eventhorizon/core/waiting-room/look-at-room';
import { presentedPass } from '../../trpc/presented-pass.ts';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Where the pass in `x-pass` stands, and when to ask again. */
export const look = publicProcedure
  .input(roomRefInput)
  .query(({ ctx, input }) => lookAtRoom(ctx.deps, { ...input, presented: presentedPass(ctx) }));

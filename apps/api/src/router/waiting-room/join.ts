import { joinRoom } from '@eventhorizon/core/waiting-room/join-room';
import { roomRefInput } from '@eventhorizon/core/waiting-room/look-at-room';
import { presentedPass } from '../../trpc/presented-pass.ts';
import { visitorProcedure } from '../../trpc/procedures.ts';

/** A pass with a place in the line; the same one until its turn is over. `pass: null` where nobody has to wait. */
export const join = visitorProcedure.input(roomRefInput).mutation(({ ctx, input }) => {
  const address = ctx.network();
  return joinRoom(ctx.deps, { ...input, person: ctx.owner, address, presented: presentedPass(ctx) });
});

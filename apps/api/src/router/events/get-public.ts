import { getPublicEvent, getPublicEventInput } from '@eventhorizon/core/events/get-public-event';
import { publicProcedure } from '../../trpc/procedures.ts';

/** A published event and its venue, for everybody. */
export const getPublic = publicProcedure
  .input(getPublicEventInput)
  .query(({ ctx, input }) => getPublicEvent(ctx.deps, input));

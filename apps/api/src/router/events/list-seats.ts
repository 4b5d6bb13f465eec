import { listEventSeats, listEventSeatsInput } from '@eventhorizon/core/inventory/list-event-seats';
import { publicProcedure } from '../../trpc/procedures.ts';

/** The seats of a published event, for drawing and choosing. */
export const listSeats = publicProcedure
  .input(listEventSeatsInput)
  .query(({ ctx, input }) => listEventSeats(ctx.deps, input));

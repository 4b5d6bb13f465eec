import { listPublicEvents, listPublicEventsInput } from '@eventhorizon/core/events/list-public-events';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Published events that have not started, the next one first. */
export const listPublic = publicProcedure
  .input(listPublicEventsInput)
  .query(({ ctx, input }) => listPublicEvents(ctx.deps, input));

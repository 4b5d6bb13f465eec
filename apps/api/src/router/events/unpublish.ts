import { unpublishEvent, unpublishEventInput } from '@eventhorizon/core/flows/unpublish-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** While unsold; on a draft it takes the time of publication away. */
export const unpublish = organizerProcedure('events.publish')
  .input(unpublishEventInput)
  .mutation(({ ctx, input }) => unpublishEvent(ctx.deps, input));

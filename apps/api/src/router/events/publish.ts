import { publishEvent, publishEventInput } from '@eventhorizon/core/flows/publish-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Now, or at a set time. */
export const publish = organizerProcedure('events.publish')
  .input(publishEventInput)
  .mutation(({ ctx, input }) => publishEvent(ctx.deps, input));

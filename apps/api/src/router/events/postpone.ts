import { postponeEvent, postponeEventInput } from '@eventhorizon/core/flows/postpone-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** No date for the time being: tickets stay valid, the sale pauses. */
export const postpone = organizerProcedure('events.publish')
  .input(postponeEventInput)
  .mutation(({ ctx, input }) => postponeEvent(ctx.deps, { ...input, by: ctx.access.userId }));

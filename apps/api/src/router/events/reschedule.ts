import { rescheduleEvent, rescheduleEventInput } from '@eventhorizon/core/flows/reschedule-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Another date; on sale (again). */
export const reschedule = organizerProcedure('events.publish')
  .input(rescheduleEventInput)
  .mutation(({ ctx, input }) => rescheduleEvent(ctx.deps, { ...input, by: ctx.access.userId }));

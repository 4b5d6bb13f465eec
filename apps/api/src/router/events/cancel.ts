import { cancelEvent, cancelEventInput } from '@eventhorizon/core/flows/cancel-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Ends every booking and sends all money back; the title has to be repeated. Cannot be taken back. */
export const cancel = organizerProcedure('events.publish')
  .input(cancelEventInput)
  .mutation(({ ctx, input }) => cancelEvent(ctx.deps, { ...input, by: ctx.access.userId }));

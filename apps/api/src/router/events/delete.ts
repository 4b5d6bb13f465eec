import { deleteEvent, deleteEventInput } from '@eventhorizon/core/events/delete-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** While it is a draft. `delete` is a reserved word of the language; the router calls it so all the same. */
export const remove = organizerProcedure('events.write')
  .input(deleteEventInput)
  .mutation(({ ctx, input }) => deleteEvent(ctx.deps, input));

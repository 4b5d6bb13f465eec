import { updateEvent, updateEventInput } from '@eventhorizon/core/events/update-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const update = organizerProcedure('events.write')
  .input(updateEventInput)
  .mutation(({ ctx, input }) => updateEvent(ctx.deps, input));

import { createEvent, createEventInput } from '@eventhorizon/core/events/create-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Makes a draft. */
export const create = organizerProcedure('events.write')
  .input(createEventInput)
  .mutation(({ ctx, input }) => createEvent(ctx.deps, input));

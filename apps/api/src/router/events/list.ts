import { listEvents, listEventsInput } from '@eventhorizon/core/events/list-events';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const list = organizerProcedure('events.read')
  .input(listEventsInput)
  .query(({ ctx, input }) => listEvents(ctx.deps, input));

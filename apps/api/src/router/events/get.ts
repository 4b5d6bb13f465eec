import { getEvent, getEventInput } from '@eventhorizon/core/events/get-event';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** The organizer's own event, in any status. */
export const get = organizerProcedure('events.read')
  .input(getEventInput)
  .query(({ ctx, input }) => getEvent(ctx.deps, input));

import { listIncidents, listIncidentsInput } from '@eventhorizon/core/payments/list-incidents';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** What needs a person (or did), newest first, by kind and event, each with what to do next. */
export const list = organizerProcedure('bookings.read')
  .input(listIncidentsInput)
  .query(({ ctx, input }) => listIncidents(ctx.deps, input));

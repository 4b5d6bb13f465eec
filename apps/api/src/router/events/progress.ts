import { changeProgressInput, getChangeProgress } from '@eventhorizon/core/flows/get-change-progress';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** How far the last cancellation, postponement or new date of an event has reached those who bought. */
export const progress = organizerProcedure('events.read')
  .input(changeProgressInput)
  .query(({ ctx, input }) => getChangeProgress(ctx.deps, input));

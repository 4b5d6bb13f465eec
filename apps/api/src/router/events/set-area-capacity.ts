import {
  setAreaCapacityInput,
  setAreaCapacity as setCapacity,
} from '@eventhorizon/core/flows/set-area-capacity';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Lowering by hundreds of thousands of places retires them in many transactions. */
const RETIRE_DEADLINE_MS = 120_000;

export const setAreaCapacity = organizerProcedure('events.write')
  .meta({ deadlineMs: RETIRE_DEADLINE_MS })
  .input(setAreaCapacityInput)
  .mutation(({ ctx, input }) => setCapacity(ctx.deps, input));

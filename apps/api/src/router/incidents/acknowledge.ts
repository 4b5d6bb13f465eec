import {
  acknowledgeIncident,
  acknowledgeIncidentInput,
} from '@eventhorizon/core/payments/acknowledge-incident';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Closes an incident with a note of what was done about it. A mismatch is decided instead. */
export const acknowledge = organizerProcedure('refunds.write')
  .input(acknowledgeIncidentInput)
  .mutation(({ ctx, input }) => acknowledgeIncident(ctx.deps, { ...input, by: ctx.access.userId }));

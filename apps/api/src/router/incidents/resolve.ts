import { resolveIncident, resolveIncidentInput } from '@eventhorizon/core/flows/resolve-incident';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Closes an incident of any kind with a note; where money waits, with a decision. */
export const resolve = organizerProcedure('refunds.write')
  .input(resolveIncidentInput)
  .mutation(({ ctx, input }) => resolveIncident(ctx.deps, { ...input, access: ctx.access }));

import {
  updateOrganization,
  updateOrganizationSchema,
} from '@eventhorizon/core/organizations/update-organization';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const update = organizerProcedure('organization.write')
  .input(updateOrganizationSchema)
  .mutation(({ ctx, input }) => updateOrganization(ctx.deps, input));

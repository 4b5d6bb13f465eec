import { getOrganization } from '@eventhorizon/core/organizations/get-organization';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const get = organizerProcedure('organization.read').query(({ ctx, input }) =>
  getOrganization(ctx.deps, input),
);

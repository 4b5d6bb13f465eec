import {
  getPublicOrganization,
  getPublicOrganizationSchema,
} from '@eventhorizon/core/organizations/get-public-organization';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Who sells, for everybody. */
export const getPublic = publicProcedure
  .input(getPublicOrganizationSchema)
  .query(({ ctx, input }) => getPublicOrganization(ctx.deps, input));

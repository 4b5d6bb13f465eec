import {
  createOrganization,
  createOrganizationSchema,
} from '@eventhorizon/core/organizations/create-organization';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** The caller becomes its owner. */
export const create = attendeeProcedure
  .input(createOrganizationSchema)
  .mutation(({ ctx, input }) => createOrganization(ctx.deps, { ...input, userId: ctx.userId }));

import {
  listMyOrganizations,
  listMyOrganizationsSchema,
} from '@eventhorizon/core/organizations/list-my-organizations';
import { attendeeProcedure } from '../../trpc/procedures.ts';

export const listMine = attendeeProcedure
  .input(listMyOrganizationsSchema)
  .query(({ ctx, input }) => listMyOrganizations(ctx.deps, { ...input, userId: ctx.userId }));

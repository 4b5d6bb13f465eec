import { leaveOrganization } from '@eventhorizon/core/organizations/leave-organization';
import { memberProcedure } from '../../trpc/procedures.ts';

/** Whatever the role: the caller is no member any more. */
export const leave = memberProcedure.mutation(({ ctx }) => leaveOrganization(ctx.deps, ctx.access));

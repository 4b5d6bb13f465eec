import { updateProfile, updateProfileSchema } from '@eventhorizon/core/identity/update-profile';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Fields that are absent stay as they are. */
export const update = attendeeProcedure
  .input(updateProfileSchema)
  .mutation(({ ctx, input }) => updateProfile(ctx.deps, { userId: ctx.userId, changes: input }));

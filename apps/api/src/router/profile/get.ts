import { getProfile } from '@eventhorizon/core/identity/get-profile';
import { attendeeProcedure } from '../../trpc/procedures.ts';

export const get = attendeeProcedure.query(({ ctx }) => getProfile(ctx.deps, { userId: ctx.userId }));

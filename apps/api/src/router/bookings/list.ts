import { listMyBookings, listMyBookingsInput } from '@eventhorizon/core/bookings/list-my-bookings';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** The caller's bookings, newest first. */
export const list = attendeeProcedure
  .input(listMyBookingsInput)
  .query(({ ctx, input }) => listMyBookings(ctx.deps, { ...input, userId: ctx.userId }));

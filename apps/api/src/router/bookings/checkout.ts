import { checkoutInput } from '@eventhorizon/core/bookings/checkout-input';
import { checkout as bookAndPay } from '@eventhorizon/core/flows/checkout';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Turns a hold into a booking. Asked again with the same hold it answers with the same booking. */
export const checkout = attendeeProcedure
  .input(checkoutInput)
  .mutation(({ ctx, input }) => bookAndPay(ctx.deps, { ...input, userId: ctx.userId }));

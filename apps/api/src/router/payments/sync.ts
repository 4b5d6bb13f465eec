import { syncPayment } from '@eventhorizon/core/flows/sync-payment';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from '../bookings/booking-ref.ts';

/** How the payment stands, as the provider says: for the page that a buyer returns to. */
export const sync = attendeeProcedure
  .input(bookingRef)
  .mutation(({ ctx, input }) => syncPayment(ctx.deps, { ...input, userId: ctx.userId }));

import { resumePayment } from '@eventhorizon/core/flows/resume-payment';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from '../bookings/booking-ref.ts';

/** What is left to do to pay a booking, with the secret to do it. A mutation: it may create the provider's intent. */
export const resume = attendeeProcedure
  .input(bookingRef)
  .mutation(({ ctx, input }) => resumePayment(ctx.deps, { ...input, userId: ctx.userId }));

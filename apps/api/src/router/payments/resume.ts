import { resumePayment } from '@eventhorizon/core/flows/resume-payment';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** What is left to do to pay a booking, with the secret to do it. A mutation: it may create the provider's intent. */
export const resume = attendeeProcedure
  .input(z.object({ bookingId: idSchema('bkg') }))
  .mutation(({ ctx, input }) => resumePayment(ctx.deps, { ...input, userId: ctx.userId }));

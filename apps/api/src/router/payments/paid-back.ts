import { payBackByHand, payBackByHandInput } from '@eventhorizon/core/flows/pay-back-by-hand';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Somebody gave back money that was taken outside the provider: its refund is settled. */
export const paidBack = organizerProcedure('refunds.write')
  .input(payBackByHandInput)
  .mutation(({ ctx, input }) => payBackByHand(ctx.deps, { ...input, access: ctx.access }));

import { publicProcedure } from '../../trpc/procedures.ts';

/** What a browser needs to pay at the provider, besides a booking's secret. */
export const config = publicProcedure.query(({ ctx }) => ({
  publishableKey: ctx.deps.config.stripePublishableKey,
}));

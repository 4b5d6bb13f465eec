import { initTRPC } from '@trpc/server';
import { z } from 'zod';

const t = initTRPC.create({ isDev: false });
const input = z.object({ eventId: z.string() });

/** tRPC without anything behind it: what its protocol costs by itself. */
export const noopRouter = t.router({
  ask: t.procedure.input(input).query(({ input: { eventId } }) => ({ eventId })),
  act: t.procedure
    .input(input.extend({ holdId: z.string() }))
    .mutation(({ input: { holdId } }) => ({ holdId })),
});

import { publicProcedure } from '../../trpc/procedures.ts';

/** A token to hold seats with before logging in. Browsers get it as a cookie too; other clients send it as `x-visitor`. */
export const create = publicProcedure.mutation(({ ctx }) => {
  const visitorId = ctx.deps.ids.next('vis');
  const visitorToken = ctx.deps.visitorTokens.issue(visitorId);
  ctx.rememberVisitor(visitorToken);
  return { visitorId, visitorToken };
});

import { initTRPC, TRPCError } from '@trpc/server';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Context } from './context.ts';
import { runnerOf } from './runner-of.ts';

const t = initTRPC.context<{ user: string | null }>().create();
const asked = t.procedure
  .input(z.object({ a: z.number() }))
  .use(({ ctx, next }) => {
    if (ctx.user === null) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'who?' });
    return next({ ctx: { name: ctx.user.toUpperCase() } });
  })
  .input(z.object({ b: z.number().default(2) }))
  .query(({ ctx, input }) => {
    if (input.a > 9) throw new RangeError('too much');
    return { ...input, name: ctx.name, user: ctx.user };
  });
const createCaller = t.createCallerFactory(t.router({ asked }));
const run = runnerOf(asked, 'asked');

const outcome = async (call: Promise<unknown>) => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code, message: error.message, cause: error.cause?.name };
  }
};

it.each<[string, string | null, unknown]>([
  ['an answer, with what middleware and several inputs add', 'ada', { a: 1 }],
  ['an input with faults', 'ada', { a: 'x' }],
  ['the refusal of a middleware', null, { a: 1 }],
  ['a bug of the resolver', 'ada', { a: 10 }],
])('gives what tRPC itself gives: %s', async (_what, user, input) => {
  const theirs = await outcome(createCaller({ user }).asked(input as { a: number }));
  // The runner knows our context only; this router has a smaller one.
  expect(await outcome(run({ user } as unknown as Context, async () => input))).toEqual(theirs);
});

it('is refused at the start for what has no chain', () => {
  const hollow = Object.assign(() => undefined, { _def: {} }) as unknown as typeof asked;
  expect(() => runnerOf(hollow, 'hollow')).toThrow('has tRPC changed');
});

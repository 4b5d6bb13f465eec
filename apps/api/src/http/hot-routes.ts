import { DomainError } from '@eventhorizon/core/shared/errors';
import type { inferRouterInputs } from '@trpc/server';
import { Hono, type Context as HonoContext } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { type AppRouter, appRouter } from '../router/app-router.ts';
import { t } from '../trpc/trpc.ts';
import type { HttpEnv } from './observe-requests.ts';
import { requestContext } from './request-context.ts';

const createCaller = t.createCallerFactory(appRouter);
type Inputs = inferRouterInputs<AppRouter>;

/** A JSON object, or `input.invalid`; no body is an empty object. */
const readBody = async (c: HonoContext<HttpEnv>): Promise<Record<string, unknown>> => {
  const text = await c.req.text();
  const refuse = (message: string) =>
    new DomainError('input.invalid', { issues: [{ path: 'body', message }] });
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse('is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('is no JSON object');
  return { ...body };
};

/**
 * What a rush consists of, as plain HTTP: the same procedures, called without tRPC's protocol, which costs more than they do
 * (2.8 times as many holds a second). Answers are the procedures' own; refusals see problem.ts.
 */
export const hotRoutes = (deps: ApiDeps): Hono<HttpEnv> => {
  const callerOf = async (c: HonoContext<HttpEnv>) =>
    createCaller(await requestContext(c, deps, (cookie) => c.header('set-cookie', cookie, { append: true })));
  return new Hono<HttpEnv>()
    .basePath('/api/v1/events/:eventId')
    .post('/waiting-room', async (c) => c.json(await (await callerOf(c)).waitingRoom.join(c.req.param())))
    .get('/waiting-room', async (c) => c.json(await (await callerOf(c)).waitingRoom.look(c.req.param())))
    .post('/holds', async (c) => {
      const caller = await callerOf(c);
      // Unchecked on purpose: the procedure's schema checks it.
      const input = { ...(await readBody(c)), eventId: c.req.param('eventId') } as Inputs['holds']['place'];
      return c.json(await caller.holds.place(input));
    })
    .get('/holds/:holdId', async (c) => c.json(await (await callerOf(c)).holds.get(c.req.param())))
    .post('/holds/:holdId/extend', async (c) => c.json(await (await callerOf(c)).holds.extend(c.req.param())))
    .delete('/holds/:holdId', async (c) => {
      await (await callerOf(c)).holds.release(c.req.param());
      return c.body(null, 204);
    })
    .post('/bookings', async (c) => {
      const caller = await callerOf(c);
      const input = {
        ...(await readBody(c)),
        eventId: c.req.param('eventId'),
      } as Inputs['bookings']['checkout'];
      return c.json(await caller.bookings.checkout(input));
    });
};

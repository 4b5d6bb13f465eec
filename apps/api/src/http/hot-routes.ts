import { DomainError } from '@eventhorizon/core/shared/errors';
import { Hono, type Context as HonoContext } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { appRouter } from '../router/app-router.ts';
import { runnerOf } from '../trpc/runner-of.ts';
import { type HotAnswer, type HotFrame, jsonAnswer } from './hot-frame.ts';
import type { HttpEnv } from './observe-requests.ts';
import { readBody } from './read-body.ts';
import { requestContext } from './request-context.ts';

const holds = {
  place: runnerOf(appRouter.holds.place, 'holds.place'),
  get: runnerOf(appRouter.holds.get, 'holds.get'),
  extend: runnerOf(appRouter.holds.extend, 'holds.extend'),
  release: runnerOf(appRouter.holds.release, 'holds.release'),
};
const room = {
  join: runnerOf(appRouter.waitingRoom.join, 'waitingRoom.join'),
  look: runnerOf(appRouter.waitingRoom.look, 'waitingRoom.look'),
};
const checkout = runnerOf(appRouter.bookings.checkout, 'bookings.checkout');

const EVENT = '/api/v1/events/:eventId';

/** A JSON object, or `input.invalid`; no body is an empty object. */
const readObject = async (c: HonoContext<HttpEnv>, maxBytes: number): Promise<object> => {
  const text = await readBody(c, maxBytes);
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
  return body;
};

type Call = (
  ctx: Awaited<ReturnType<typeof requestContext>>,
  getRawInput: () => Promise<unknown>,
) => Promise<unknown>;

const NOTHING: HotAnswer = { status: 204, body: null };

/**
 * What a rush consists of, as plain HTTP: the same procedures with all their checks, called without tRPC's protocol, which costs more than they
 * do. Answers are the procedures' own; refusals see problem.ts. Inputs come from the address and, for `withBody`, the body, unchecked on purpose: the
 * procedure's schema checks them.
 */
export const hotRoutes = (
  deps: ApiDeps,
  frame: HotFrame,
  { bodyLimit }: { bodyLimit: number },
): Hono<HttpEnv> => {
  const framed = (path: string, call: Call, { withBody = false, answers = true } = {}) => {
    const route = `${EVENT}${path}`;
    return frame(route, async (c, setCookie) => {
      const ctx = await requestContext(c, deps, setCookie);
      const params: object = c.req.param();
      const body = withBody ? await readObject(c, bodyLimit) : {};
      const result = await call(ctx, async () => ({ ...body, ...params }));
      return answers ? jsonAnswer(result) : NOTHING;
    });
  };
  return new Hono<HttpEnv>()
    .basePath(EVENT)
    .post('/waiting-room', framed('/waiting-room', room.join))
    .get('/waiting-room', framed('/waiting-room', room.look))
    .post('/holds', framed('/holds', holds.place, { withBody: true }))
    .get('/holds/:holdId', framed('/holds/:holdId', holds.get))
    .post('/holds/:holdId/extend', framed('/holds/:holdId/extend', holds.extend))
    .delete('/holds/:holdId', framed('/holds/:holdId', holds.release, { answers: false }))
    .post('/bookings', framed('/bookings', checkout, { withBody: true }));
};

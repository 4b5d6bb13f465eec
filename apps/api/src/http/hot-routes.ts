import { DomainError } from '@eventhorizon/core/shared/errors';
import { appRouter } from '../router/app-router.ts';
import type { Context } from '../trpc/context.ts';
import { runnerOf } from '../trpc/runner-of.ts';
import { type HotAnswer, type HotRoute, jsonAnswer } from './hot-frame.ts';
import type { HotRequest } from './hot-request.ts';

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
const readObject = async ({ body: read }: HotRequest, maxBytes: number): Promise<object> => {
  const text = await read(maxBytes);
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

type Call = (ctx: Context, getRawInput: () => Promise<unknown>) => Promise<unknown>;

const NOTHING: HotAnswer = { status: 204, body: null };

/**
 * What a rush consists of, as plain HTTP: the same procedures with all their checks, called without tRPC's protocol, which costs more than they
 * do. Answers are the procedures' own; refusals see problem.ts. Inputs come from the address and, for `withBody`, the body, unchecked on purpose: the
 * procedure's schema checks them.
 */
export const hotRoutes = ({ bodyLimit }: { readonly bodyLimit: number }): readonly HotRoute[] => {
  const hot = (
    method: HotRoute['method'],
    path: string,
    call: Call,
    { withBody = false, answers = true } = {},
  ): HotRoute => ({
    method,
    route: `${EVENT}${path}`,
    serve: async ({ ctx, request, params }) => {
      const body = withBody ? await readObject(request, bodyLimit) : {};
      const result = await call(ctx, async () => ({ ...body, ...params }));
      return answers ? jsonAnswer(result) : NOTHING;
    },
  });
  return [
    hot('POST', '/holds', holds.place, { withBody: true }),
    hot('GET', '/holds/:holdId', holds.get),
    hot('POST', '/holds/:holdId/extend', holds.extend),
    hot('DELETE', '/holds/:holdId', holds.release, { answers: false }),
    hot('POST', '/bookings', checkout, { withBody: true }),
    hot('POST', '/waiting-room', room.join),
    hot('GET', '/waiting-room', room.look),
  ];
};

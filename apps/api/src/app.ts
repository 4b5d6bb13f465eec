import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { ApiDeps } from './api-deps.ts';
import { CORS } from './http/answer-headers.ts';
import { availabilityRoute } from './http/availability-route.ts';
import { documentRoutes } from './http/document-routes.ts';
import { healthRoutes } from './http/health-routes.ts';
import { honoDoor } from './http/hono-door.ts';
import { hotFrame } from './http/hot-frame.ts';
import { hotRoutes } from './http/hot-routes.ts';
import { hotTrpcRoutes } from './http/hot-trpc-routes.ts';
import { keyRoutes } from './http/key-routes.ts';
import { limitBody } from './http/limit-body.ts';
import { listingRoute } from './http/listing-route.ts';
import { liveRoutes } from './http/live-routes.ts';
import { type NodeDoor, nodeDoor } from './http/node-door.ts';
import { type HttpEnv, observeRequests } from './http/observe-requests.ts';
import { respondError, respondProblem } from './http/problem.ts';
import { PASS_HEADER } from './http/request-context.ts';
import { ticketLinkRoutes } from './http/ticket-link-routes.ts';
import { trpcRoutes } from './http/trpc-routes.ts';
import { VISITOR_HEADER } from './http/visitor-cookie.ts';
import { webhookRoutes } from './http/webhook-routes.ts';

const MIB = 1024 * 1024;
/** Bytes of a request's body. Seat maps of 100,000 seats and lists of 5,000 attendees are the only large things that anybody sends. */
const BODY_LIMIT = MIB;
const SEAT_MAP_LIMIT = 32 * MIB;
const SEAT_MAP_PATH = '/trpc/venues.importSeatMap';
const ATTENDEES_LIMIT = 16 * MIB;
const ATTENDEES_PATH = '/trpc/attendees.import';

/** Everything but the hot routes, with the usual middleware around it. */
const generalApp = (deps: ApiDeps): Hono<HttpEnv> => {
  const standard = limitBody(BODY_LIMIT);
  const byPath = new Map([
    [SEAT_MAP_PATH, limitBody(SEAT_MAP_LIMIT)],
    [ATTENDEES_PATH, limitBody(ATTENDEES_LIMIT)],
  ]);
  return new Hono<HttpEnv>()
    .use(observeRequests(deps))
    .use(secureHeaders())
    .use(
      cors({
        origin: [...deps.config.corsOrigins],
        credentials: CORS.credentials,
        allowHeaders: [
          'authorization',
          'content-type',
          'last-event-id',
          'x-request-id',
          VISITOR_HEADER,
          PASS_HEADER,
        ],
        exposeHeaders: [...CORS.exposeHeaders],
        maxAge: CORS.maxAge,
      }),
    )
    .use((c, next) => (byPath.get(c.req.path) ?? standard)(c, next))
    .route('/', healthRoutes(deps.pings))
    .route('/', keyRoutes(deps))
    .route('/', webhookRoutes(deps))
    .route('/', listingRoute(deps))
    .route('/', documentRoutes(deps))
    .route('/', ticketLinkRoutes(deps))
    .route('/', liveRoutes(deps))
    .route('/', trpcRoutes(deps))
    .notFound((c) =>
      respondProblem(c, 404, {
        code: 'route.not_found',
        kind: 'not_found',
        message: `Nothing answers ${c.req.method} ${c.req.path}.`,
        details: {},
      }),
    )
    .onError(respondError);
};

/** The public HTTP app by its two doors, which share the hot routes and their frame. */
export type Api = { readonly app: Hono<HttpEnv>; readonly door: NodeDoor };

/** What main.ts serves, and tests that need a server. */
export const createApi = (deps: ApiDeps): Api => {
  const limits = { bodyLimit: BODY_LIMIT };
  const hot = [availabilityRoute, ...hotRoutes(limits), ...hotTrpcRoutes(limits)];
  const frame = hotFrame(deps);
  const general = generalApp(deps);
  return {
    // A request that matches a single handler is not led through Hono's chain of middleware.
    app: honoDoor(hot, frame).notFound((c) => general.fetch(c.req.raw, c.env)),
    door: nodeDoor(hot, frame, limits),
  };
};

/** The public HTTP app for calls in process. */
export const createApp = (deps: ApiDeps): Hono<HttpEnv> => createApi(deps).app;

import { mongoClaims } from '@eventhorizon/db/mongo/claims';
import { connectMongo } from '@eventhorizon/db/mongo/connect';
import { mongoEvents } from '@eventhorizon/db/mongo/events';
import { mongoMemberships } from '@eventhorizon/db/mongo/memberships';
import { mongoOrganizations } from '@eventhorizon/db/mongo/organizations';
import { isMongoOutage } from '@eventhorizon/db/mongo/outage';
import { mongoOutbox } from '@eventhorizon/db/mongo/outbox';
import { mongoSeatMaps } from '@eventhorizon/db/mongo/seat-maps';
import { mongoSessions } from '@eventhorizon/db/mongo/sessions';
import { mongoUnitOfWork } from '@eventhorizon/db/mongo/unit-of-work';
import { mongoUsers } from '@eventhorizon/db/mongo/users';
import { mongoVenues } from '@eventhorizon/db/mongo/venues';
import { createBell } from '@eventhorizon/db/queues/bell';
import { connectForRequests } from '@eventhorizon/db/redis/connect';
import { argon2Hasher } from '@eventhorizon/providers/identity/argon2-hasher';
import { cachedAccessTokens } from '@eventhorizon/providers/identity/cached-access-tokens';
import { hmacRefreshTokens } from '@eventhorizon/providers/identity/hmac-refresh-tokens';
import { joseAccessTokens } from '@eventhorizon/providers/identity/jose-access-tokens';
import { systemClock } from '@eventhorizon/providers/system/system-clock';
import { ulidIds } from '@eventhorizon/providers/system/ulid-ids';
import type { Logger } from 'pino';
import type { ApiDeps } from './api-deps.ts';
import type { Env } from './env.ts';
import { visitorTokens } from './http/visitor-token.ts';
import type { Metrics } from './observability/metrics.ts';

/** No request takes longer than this, whatever hangs behind it. */
const DEADLINE_MS = 15_000;

export type BuiltDeps = { readonly deps: ApiDeps; readonly close: () => Promise<void> };

/**
 * The composition root: the one place that knows which adapter stands behind which port. Connects lazily, so that the API starts,
 * and says that it is not ready, while a database is still away.
 */
export const buildDeps = (env: Env, { logger, metrics }: { logger: Logger; metrics: Metrics }): BuiltDeps => {
  const clock = systemClock;
  const ids = ulidIds(clock);
  const mongo = connectMongo(env.MONGODB_URI, 'eventhorizon-api');
  const db = mongo.db();
  const redis = connectForRequests(env.REDIS_URL);
  redis.on('error', (err) => logger.warn({ err }, 'redis connection'));
  const bell = createBell({
    redis,
    onError: (err, rows) => logger.warn({ err, rows }, 'workers were not rung; the relay will'),
  });
  const accessTokens = cachedAccessTokens(
    joseAccessTokens({ signing: env.AUTH_SIGNING_KEY, verifying: [], issuer: env.PUBLIC_URL, clock }),
    { clock },
  );
  const deps: ApiDeps = {
    clock,
    ids,
    unitOfWork: mongoUnitOfWork({ client: mongo, ring: bell.ring }),
    outbox: mongoOutbox(db, ids),
    users: mongoUsers(db),
    sessions: mongoSessions(db),
    hasher: argon2Hasher(),
    accessTokens,
    refreshTokens: hmacRefreshTokens({ secrets: [env.SESSION_SECRET] }),
    organizations: mongoOrganizations(db),
    memberships: mongoMemberships(db),
    venues: mongoVenues(db),
    seatMaps: mongoSeatMaps(db),
    events: mongoEvents(db),
    sales: mongoClaims(db),
    logger,
    metrics,
    visitorTokens: visitorTokens(env.VISITOR_SECRET),
    isOutage: isMongoOutage,
    pings: { mongo: () => db.command({ ping: 1 }), redis: () => redis.ping() },
    config: {
      secureCookies: env.NODE_ENV === 'production',
      corsOrigins: env.CORS_ORIGINS,
      trustProxy: env.TRUST_PROXY,
      deadlineMs: DEADLINE_MS,
    },
  };
  const close = async (): Promise<void> => {
    await bell.close();
    redis.disconnect();
    await mongo.close();
  };
  return { deps, close };
};

import { selfRestoringHolds } from '@eventhorizon/core/holds/self-restoring-holds';
import { boundedHasher } from '@eventhorizon/core/identity/bounded-hasher';
import type { Clock } from '@eventhorizon/core/shared/clock';
import { createRoomOpener } from '@eventhorizon/core/waiting-room/open-room';
import { mongoAccountAdministration } from '@eventhorizon/db/mongo/account-administration';
import { mongoAdminActs } from '@eventhorizon/db/mongo/admin-acts';
import { mongoAttendeeImports } from '@eventhorizon/db/mongo/attendee-imports';
import { mongoAttendeeRows } from '@eventhorizon/db/mongo/attendee-rows';
import { mongoBookingReferences, randomReferences } from '@eventhorizon/db/mongo/booking-references';
import { mongoBookings } from '@eventhorizon/db/mongo/bookings';
import { mongoBuyerLimits } from '@eventhorizon/db/mongo/buyer-limits';
import { mongoClaims } from '@eventhorizon/db/mongo/claims';
import { connectMongo } from '@eventhorizon/db/mongo/connect';
import { mongoDisputes } from '@eventhorizon/db/mongo/disputes';
import { mongoEmailCorrections } from '@eventhorizon/db/mongo/email-corrections';
import { mongoEventChanges } from '@eventhorizon/db/mongo/event-changes';
import { mongoEvents } from '@eventhorizon/db/mongo/events';
import { mongoIncidents } from '@eventhorizon/db/mongo/incidents';
import { mongoInvitations } from '@eventhorizon/db/mongo/invitations';
import { mongoLayoutSource } from '@eventhorizon/db/mongo/layout-source';
import { mongoListings } from '@eventhorizon/db/mongo/listings';
import { mongoMailTokens } from '@eventhorizon/db/mongo/mail-tokens';
import { mongoMemberships } from '@eventhorizon/db/mongo/memberships';
import { mongoNotifications } from '@eventhorizon/db/mongo/notifications';
import { mongoOrganizations } from '@eventhorizon/db/mongo/organizations';
import { isMongoOutage } from '@eventhorizon/db/mongo/outage';
import { mongoOutbox } from '@eventhorizon/db/mongo/outbox';
import { mongoPayments } from '@eventhorizon/db/mongo/payments';
import { hashedPersonKeys } from '@eventhorizon/db/mongo/person-keys';
import { mongoNumberBlocks } from '@eventhorizon/db/mongo/queue-numbers';
import { mongoRefunds } from '@eventhorizon/db/mongo/refunds';
import { mongoSaleEvents } from '@eventhorizon/db/mongo/sale-events';
import { mongoSalesRecord } from '@eventhorizon/db/mongo/sales-record';
import { mongoSeatMaps } from '@eventhorizon/db/mongo/seat-maps';
import { mongoSessions } from '@eventhorizon/db/mongo/sessions';
import { mongoTicketLinks } from '@eventhorizon/db/mongo/ticket-links';
import { mongoTickets } from '@eventhorizon/db/mongo/tickets';
import { mongoTransfers } from '@eventhorizon/db/mongo/transfers';
import { mongoUnitOfWork } from '@eventhorizon/db/mongo/unit-of-work';
import { mongoUsers } from '@eventhorizon/db/mongo/users';
import { mongoVenues } from '@eventhorizon/db/mongo/venues';
import { mongoWaitlistEntries } from '@eventhorizon/db/mongo/waitlist-entries';
import { mongoWaitlistOffers } from '@eventhorizon/db/mongo/waitlist-offers';
import { mongoWaitlists } from '@eventhorizon/db/mongo/waitlists';
import { mongoWebhookEvents } from '@eventhorizon/db/mongo/webhook-events';
import { createBell } from '@eventhorizon/db/queues/bell';
import { createAddressRateLimit } from '@eventhorizon/db/redis/address-rate-limit';
import { createAttemptCounter } from '@eventhorizon/db/redis/attempt-counter';
import { createAvailabilityCache } from '@eventhorizon/db/redis/availability-cache';
import { createAvailabilityReader } from '@eventhorizon/db/redis/availability-reader';
import { createChangeBell } from '@eventhorizon/db/redis/change-bell';
import { connectForRequests, connectForWork } from '@eventhorizon/db/redis/connect';
import { createDocumentAllowance } from '@eventhorizon/db/redis/document-allowance';
import { createFreeUnits } from '@eventhorizon/db/redis/free-units';
import { createHoldStore } from '@eventhorizon/db/redis/hold-store';
import { createInventoryMirror } from '@eventhorizon/db/redis/inventory-mirror';
import { createListingCache } from '@eventhorizon/db/redis/listing-cache';
import { createProviderRateLimit } from '@eventhorizon/db/redis/provider-rate-limit';
import { createRoomDesk } from '@eventhorizon/db/redis/room-desk';
import { createRoomGlances } from '@eventhorizon/db/redis/room-glances';
import { createScriptRunner } from '@eventhorizon/db/redis/script-runner';
import { createDocumentPool } from '@eventhorizon/providers/documents/document-pool';
import { argon2Hasher } from '@eventhorizon/providers/identity/argon2-hasher';
import { cachedAccessTokens } from '@eventhorizon/providers/identity/cached-access-tokens';
import { firstAdminCode } from '@eventhorizon/providers/identity/first-admin-code';
import { hmacRefreshTokens } from '@eventhorizon/providers/identity/hmac-refresh-tokens';
import { joseAccessTokens } from '@eventhorizon/providers/identity/jose-access-tokens';
import { randomMailTokens } from '@eventhorizon/providers/identity/random-mail-tokens';
import { qrPng } from '@eventhorizon/providers/qr/qr-png';
import { stripeGateway } from '@eventhorizon/providers/stripe/stripe-gateway';
import { systemClock } from '@eventhorizon/providers/system/system-clock';
import { ulidIds } from '@eventhorizon/providers/system/ulid-ids';
import { ed25519TicketSigner } from '@eventhorizon/providers/tickets/ed25519-ticket-signer';
import { randomTicketLinks } from '@eventhorizon/providers/tickets/random-ticket-links';
import { hmacQueuePasses } from '@eventhorizon/providers/waiting-room/hmac-queue-passes';
import { randomSeeds } from '@eventhorizon/providers/waiting-room/random-seeds';
import type { Logger } from 'pino';
import type { ApiDeps } from './api-deps.ts';
import { appointFirstAdminWhenReady } from './appoint-first-admin-when-ready.ts';
import type { Env } from './env.ts';
import { followEndedSessions } from './follow-ended-sessions.ts';
import { visitorTokens } from './http/visitor-token.ts';
import { createLive } from './live/create-live.ts';
import type { Metrics } from './observability/metrics.ts';

/** No request takes longer than this, whatever hangs behind it. */
const DEADLINE_MS = 15_000;
/** A buyer waits for this call; beyond it the outcome is unknown and the worker finds out. */
const STRIPE_TIMEOUT_MS = 8_000;

/** A page takes some ten milliseconds; a document that takes this long is stuck. Shorter than the deadline. */
const DOCUMENT_TIMEOUT_MS = 10_000;
/** Downloads that may wait for the thread; more are told to come again. */
const DOCUMENTS_WAITING = 64;

/** Hashing runs on libuv's four threads, and one is left to look up names and read files. Who waits last is served within seconds. */
const HASH_BOUNDS = { atOnce: 3, maxWaiting: 200 };

/** Of one ticket link, because its documents are drawn: a party that shares it opens it at once, and a page and its two documents are three. */
const TICKET_LINK_RATE = { perSecond: 2, burst: 40 };
/** Of one address, codes that open nothing: links that are over, and somebody who tries. */
const TICKET_LINK_MISS_RATE = { perSecond: 5, burst: 60 };

/** Of one address into waiting rooms: an office or a campus comes in at once, a script that wants a thousand passes gets one a second. */
const JOIN_RATE = { perSecond: 1, burst: 50 };

type Surroundings = { readonly logger: Logger; readonly metrics: Metrics; readonly clock?: Clock };

export type BuiltDeps = { readonly deps: ApiDeps; readonly close: () => Promise<void> };

/**
 * The composition root: the one place that knows which adapter stands behind which port. Connects lazily, so that the API starts,
 * and says that it is not ready, while a database is still away.
 */
export const buildDeps = (env: Env, { logger, metrics, clock = systemClock }: Surroundings): BuiltDeps => {
  const ids = ulidIds(clock);

  const mongo = connectMongo(env.MONGODB_URI, 'eventhorizon-api');
  const db = mongo.db();
  const redis = connectForRequests(env.REDIS_URL);
  redis.on('error', (err) => logger.warn({ err }, 'redis connection'));
  const scripts = createScriptRunner(redis);
  const bell = createBell({
    redis,
    onError: (err, rows) => logger.warn({ err, rows }, 'workers were not rung; the relay will'),
  });

  const unitOfWork = mongoUnitOfWork({ client: mongo, ring: bell.ring });
  const events = mongoEvents(db);
  const seatMaps = mongoSeatMaps(db);
  const claims = mongoClaims(db);
  const layouts = mongoLayoutSource({ events, seatMaps });
  const mirror = createInventoryMirror(scripts);
  const outbox = mongoOutbox(db, ids);
  const glances = createRoomGlances(scripts);
  const numberBlocks = mongoNumberBlocks(db);
  const availability = createAvailabilityCache({ reader: createAvailabilityReader(scripts), layouts, clock });
  const bells = connectForWork(env.REDIS_URL, { lazyConnect: true });
  bells.on('error', (err) => logger.warn({ err }, 'redis connection of the change bell'));
  const live = createLive({
    bell: createChangeBell({ redis: bells, onError: (err) => logger.warn({ err }, 'change bell not hung') }),
    layouts,
    mirror,
    claims,
    availability,
    counts: metrics.live,
    logger,
    isOutage: isMongoOutage,
    maxListeners: env.LIVE_MAX_LISTENERS,
    maxPerAddress: env.LIVE_MAX_PER_ADDRESS,
  });
  const signed = joseAccessTokens({
    signing: env.AUTH_SIGNING_KEY,
    verifying: env.AUTH_VERIFYING_KEYS,
    issuer: env.PUBLIC_URL,
    clock,
  });

  const documents = createDocumentPool({
    threads: 1,
    maxWaiting: DOCUMENTS_WAITING,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
  });

  const deps: ApiDeps = {
    clock,
    ids,
    unitOfWork,
    outbox,

    users: mongoUsers(db),
    administration: mongoAccountAdministration(db),
    adminActs: mongoAdminActs(db),
    firstAdminCode: firstAdminCode(env.FIRST_ADMIN_CODE),
    attempts: createAttemptCounter({
      redis,
      limits: env.limits,
      onOutage: (err) => logger.warn({ err }, 'attempts are counted by this process alone'),
    }),
    sessions: mongoSessions(db),
    mailTokens: mongoMailTokens(db),
    mailTokenSource: randomMailTokens,
    hasher: boundedHasher(argon2Hasher(), HASH_BOUNDS),
    accessTokens: cachedAccessTokens(signed, { clock }),
    refreshTokens: hmacRefreshTokens({ secrets: [env.SESSION_SECRET] }),
    visitorTokens: visitorTokens(env.VISITOR_SECRET),
    organizations: mongoOrganizations(db),
    memberships: mongoMemberships(db),
    invitations: mongoInvitations(db),

    venues: mongoVenues(db),
    seatMaps,
    events,
    sales: mongoSalesRecord(db),
    saleEvents: mongoSaleEvents(db),
    layouts,

    holds: selfRestoringHolds(createHoldStore(scripts), { layouts, mirror, claims }),
    mirror,
    glances,
    openRoom: createRoomOpener({
      layouts,
      mirror,
      events,
      unitOfWork,
      outbox,
      glances,
      numberBlocks,
      seeds: randomSeeds,
    }),
    desk: createRoomDesk(scripts, numberBlocks),
    queuePasses: hmacQueuePasses(env.VISITOR_SECRET),
    joinLimit: createAddressRateLimit(scripts, 'join', JOIN_RATE),
    listings: mongoListings(db),
    listingCache: createListingCache({
      redis,
      onError: (err) => logger.warn({ err }, 'no remembered listings; they come from Mongo'),
    }),
    freeUnits: createFreeUnits(scripts),
    availability,
    live: live.hub,
    claims,
    buyerLimits: mongoBuyerLimits(db),
    bookings: mongoBookings(db),
    references: mongoBookingReferences(db),
    referenceSource: randomReferences,

    payments: mongoPayments(db),
    refunds: mongoRefunds(db),
    webhooks: mongoWebhookEvents(db),
    disputes: mongoDisputes(db),
    changes: mongoEventChanges(db),
    incidents: mongoIncidents(db),
    waitlistEntries: mongoWaitlistEntries(db),
    waitlistOffers: mongoWaitlistOffers(db),
    waitlists: mongoWaitlists(db),
    gateway: stripeGateway({
      secretKey: env.STRIPE_SECRET_KEY,
      apiBase: env.STRIPE_API_BASE,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET,
      timeoutMs: STRIPE_TIMEOUT_MS,
      clock,
    }),
    rateLimit: createProviderRateLimit(scripts),
    tickets: mongoTickets(db),
    transfers: mongoTransfers(db),
    signer: ed25519TicketSigner({ privateJwk: env.TICKET_SIGNING_KEY }),

    qr: qrPng(),
    documents,
    documentAllowance: createDocumentAllowance(scripts, (err) =>
      logger.warn({ err }, 'documents are not limited'),
    ),
    links: mongoTicketLinks(db),
    linkSource: randomTicketLinks,
    linkRateLimit: createAddressRateLimit(scripts, 'ticket-link', TICKET_LINK_RATE),
    linkMissLimit: createAddressRateLimit(scripts, 'ticket-link-miss', TICKET_LINK_MISS_RATE),
    notifications: mongoNotifications(db),
    corrections: mongoEmailCorrections(db),

    personKeys: hashedPersonKeys,
    imports: mongoAttendeeImports(db),
    rows: mongoAttendeeRows(db),

    logger,
    metrics,
    isOutage: isMongoOutage,
    pings: { mongo: () => db.command({ ping: 1 }), redis: () => redis.ping() },
    config: {
      secureCookies: env.NODE_ENV === 'production',
      corsOrigins: env.CORS_ORIGINS,
      trustProxy: env.TRUST_PROXY,
      deadlineMs: DEADLINE_MS,
      stripePublishableKey: env.STRIPE_PUBLISHABLE_KEY,
    },
  };
  const stopFollowing = followEndedSessions(deps, (err) =>
    logger.warn({ err }, 'ended sessions not heard of'),
  );
  const stopAppointing = appointFirstAdminWhenReady(deps, env.FIRST_ADMIN_EMAIL, logger);
  const close = async (): Promise<void> => {
    stopFollowing();
    live.close();
    bells.disconnect();
    stopAppointing();
    await bell.close();
    await documents[Symbol.asyncDispose]();
    redis.disconnect();
    await mongo.close();
  };
  return { deps, close };
};

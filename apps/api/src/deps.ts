import type { Clock } from '@eventhorizon/core/shared/clock';
import { mongoAttendeeImports } from '@eventhorizon/db/mongo/attendee-imports';
import { mongoAttendeeRows } from '@eventhorizon/db/mongo/attendee-rows';
import { mongoBookingReferences, randomReferences } from '@eventhorizon/db/mongo/booking-references';
import { mongoBookings } from '@eventhorizon/db/mongo/bookings';
import { mongoBuyerLimits } from '@eventhorizon/db/mongo/buyer-limits';
import { mongoDisputes } from '@eventhorizon/db/mongo/disputes';
import { mongoEmailCorrections } from '@eventhorizon/db/mongo/email-corrections';
import { mongoEventChanges } from '@eventhorizon/db/mongo/event-changes';
import { mongoIncidents } from '@eventhorizon/db/mongo/incidents';
import { mongoListings } from '@eventhorizon/db/mongo/listings';
import { mongoNotifications } from '@eventhorizon/db/mongo/notifications';
import { isMongoOutage } from '@eventhorizon/db/mongo/outage';
import { mongoPayments } from '@eventhorizon/db/mongo/payments';
import { hashedPersonKeys } from '@eventhorizon/db/mongo/person-keys';
import { mongoRefunds } from '@eventhorizon/db/mongo/refunds';
import { mongoSaleEvents } from '@eventhorizon/db/mongo/sale-events';
import { mongoSalesRecord } from '@eventhorizon/db/mongo/sales-record';
import { mongoTickets } from '@eventhorizon/db/mongo/tickets';
import { mongoTransfers } from '@eventhorizon/db/mongo/transfers';
import { mongoVenues } from '@eventhorizon/db/mongo/venues';
import { mongoWaitlistEntries } from '@eventhorizon/db/mongo/waitlist-entries';
import { mongoWaitlistOffers } from '@eventhorizon/db/mongo/waitlist-offers';
import { mongoWaitlists } from '@eventhorizon/db/mongo/waitlists';
import { mongoWebhookEvents } from '@eventhorizon/db/mongo/webhook-events';
import { createFreeUnits } from '@eventhorizon/db/redis/free-units';
import { createListingCache } from '@eventhorizon/db/redis/listing-cache';
import { createProviderRateLimit } from '@eventhorizon/db/redis/provider-rate-limit';
import { stripeGateway } from '@eventhorizon/providers/stripe/stripe-gateway';
import { systemClock } from '@eventhorizon/providers/system/system-clock';
import { ed25519TicketSigner } from '@eventhorizon/providers/tickets/ed25519-ticket-signer';
import type { Logger } from 'pino';
import type { ApiDeps } from './api-deps.ts';
import { appointFirstAdminWhenReady } from './appoint-first-admin-when-ready.ts';
import { documentDeps } from './document-deps.ts';
import type { Env } from './env.ts';
import { followEndedSessions } from './follow-ended-sessions.ts';
import { foundationDeps } from './foundation-deps.ts';
import { identityDeps } from './identity-deps.ts';
import { inventoryDeps } from './inventory-deps.ts';
import { systemTimers } from './live/system-timers.ts';
import type { Metrics } from './observability/metrics.ts';

/** No request takes longer than this, whatever hangs behind it. */
const DEADLINE_MS = 15_000;
/** A buyer waits for this call; beyond it the outcome is unknown and the worker finds out. */
const STRIPE_TIMEOUT_MS = 8_000;

type Surroundings = { readonly logger: Logger; readonly metrics: Metrics; readonly clock?: Clock };

export type BuiltDeps = { readonly deps: ApiDeps; readonly close: () => Promise<void> };

/**
 * The composition root: the one place that knows which adapter stands behind which port. Connects lazily, so that the API starts,
 * and says that it is not ready, while a database is still away.
 */
export const buildDeps = (env: Env, { logger, metrics, clock = systemClock }: Surroundings): BuiltDeps => {
  const foundation = foundationDeps(env, logger, clock);
  const { ids, db, redis, scripts, unitOfWork, outbox } = foundation;
  const { hearing, ...identity } = identityDeps(foundation);
  const inventory = inventoryDeps(foundation, metrics);
  const documents = documentDeps(foundation);

  const deps: ApiDeps = {
    clock,
    ids,
    unitOfWork,
    outbox,

    ...identity,
    ...inventory.deps,
    ...documents.deps,

    venues: mongoVenues(db),
    sales: mongoSalesRecord(db),
    saleEvents: mongoSaleEvents(db),

    listings: mongoListings(db),
    listingCache: createListingCache({
      redis,
      onError: (err) => logger.warn({ err }, 'no remembered listings; they come from Mongo'),
    }),
    freeUnits: createFreeUnits(scripts),
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
  const stopFollowing = followEndedSessions({ ...deps, timers: systemTimers, hearing }, (err) =>
    logger.warn({ err }, 'ended sessions not heard of'),
  );
  const stopAppointing = appointFirstAdminWhenReady(deps, env.FIRST_ADMIN_EMAIL, logger);
  const close = async (): Promise<void> => {
    stopFollowing();
    inventory.close();
    stopAppointing();
    await documents.close();
    await foundation.close();
  };
  return { deps, close };
};

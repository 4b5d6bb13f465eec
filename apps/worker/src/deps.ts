import type { FinalizeBookingsDeps } from '@eventhorizon/core/flows/finalize-bookings';
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
import { mongoListedEvents } from '@eventhorizon/db/mongo/listed-events';
import { mongoListings } from '@eventhorizon/db/mongo/listings';
import { mongoMailTokens } from '@eventhorizon/db/mongo/mail-tokens';
import { mongoMemberships } from '@eventhorizon/db/mongo/memberships';
import { mongoNotifications } from '@eventhorizon/db/mongo/notifications';
import { mongoOrganizations } from '@eventhorizon/db/mongo/organizations';
import { mongoOutbox } from '@eventhorizon/db/mongo/outbox';
import { mongoPayments } from '@eventhorizon/db/mongo/payments';
import { hashedPersonKeys } from '@eventhorizon/db/mongo/person-keys';
import { mongoRefunds } from '@eventhorizon/db/mongo/refunds';
import { mongoSaleEvents } from '@eventhorizon/db/mongo/sale-events';
import { mongoSalesFigures } from '@eventhorizon/db/mongo/sales-figures';
import { mongoSalesRecord } from '@eventhorizon/db/mongo/sales-record';
import { mongoSeatMaps } from '@eventhorizon/db/mongo/seat-maps';
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
import { createAvailabilityCache } from '@eventhorizon/db/redis/availability-cache';
import { createAvailabilityReader } from '@eventhorizon/db/redis/availability-reader';
import { createFreeUnits } from '@eventhorizon/db/redis/free-units';
import { createHoldStore } from '@eventhorizon/db/redis/hold-store';
import { createInventoryMirror } from '@eventhorizon/db/redis/inventory-mirror';
import { createListingCache } from '@eventhorizon/db/redis/listing-cache';
import { createProviderRateLimit } from '@eventhorizon/db/redis/provider-rate-limit';
import { createScriptRunner } from '@eventhorizon/db/redis/script-runner';
import { createSmsAllowance } from '@eventhorizon/db/redis/sms-allowance';
import { createDocumentPool } from '@eventhorizon/providers/documents/document-pool';
import { randomMailTokens } from '@eventhorizon/providers/identity/random-mail-tokens';
import { qrPng } from '@eventhorizon/providers/qr/qr-png';
import { sendgridEmailSender } from '@eventhorizon/providers/sendgrid/sendgrid-email-sender';
import { stripeGateway } from '@eventhorizon/providers/stripe/stripe-gateway';
import { systemClock } from '@eventhorizon/providers/system/system-clock';
import { ulidIds } from '@eventhorizon/providers/system/ulid-ids';
import { ed25519TicketSigner } from '@eventhorizon/providers/tickets/ed25519-ticket-signer';
import { randomTicketLinks } from '@eventhorizon/providers/tickets/random-ticket-links';
import { twilioSmsSender } from '@eventhorizon/providers/twilio/twilio-sms-sender';
import type { Env } from './env.ts';
import type { HandlerDeps } from './handlers.ts';
import type { InventorySchedulesDeps } from './inventory-schedules.ts';
import type { ListingSchedulesDeps } from './listing-schedules.ts';
import { messageOf } from './runtime/decide.ts';
import type { Log } from './runtime/ports.ts';
import { type RuntimeDeps, runtimeDeps } from './runtime-deps.ts';
import type { WaitlistSchedulesDeps } from './waitlist-schedules.ts';

/** The worker waits for providers outside any lock or transaction, so it may wait longer than a buyer. */
const PROVIDER_TIMEOUT_MS = 15_000;

/** A page takes some ten milliseconds; a document that takes this long is stuck. */
const DOCUMENT_TIMEOUT_MS = 30_000;
/** More letters at a time than this are sent a little later. */
const DOCUMENTS_WAITING = 256;

/** More than a family's bookings of a day, and too few to earn anything with. */
const SMS_A_DAY = { phone: 5, person: 20 };

export type BuiltDeps = AsyncDisposable & {
  readonly runtime: RuntimeDeps;
  readonly handlers: HandlerDeps;
  readonly finalize: FinalizeBookingsDeps;
  readonly schedules: Omit<InventorySchedulesDeps, 'repaired' | 'log'>;
  readonly listings: ListingSchedulesDeps['listings'];
  readonly waitlist: WaitlistSchedulesDeps['waitlist'];
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
};

/**
 * The composition root: the one place that knows which adapter stands behind which port. Connects lazily, so that the worker
 * starts, and says that it is not ready, while a database is still away.
 */
export const buildDeps = (env: Env, log: Log): BuiltDeps => {
  const clock = systemClock;
  const ids = ulidIds(clock);
  const mongo = connectMongo(env.MONGODB_URI, 'eventhorizon-worker');
  const db = mongo.db();
  const runtime = runtimeDeps(db, env.REDIS_URL, log);
  const scripts = createScriptRunner(runtime.redis);

  const unitOfWork = mongoUnitOfWork({ client: mongo, ring: runtime.bell.ring });
  const outbox = mongoOutbox(db, ids);
  const events = mongoEvents(db);
  const seatMaps = mongoSeatMaps(db);
  const claims = mongoClaims(db);
  const layouts = mongoLayoutSource({ events, seatMaps });
  const mirror = createInventoryMirror(scripts);
  const reader = createAvailabilityReader(scripts);
  const bookings = mongoBookings(db);
  const tickets = mongoTickets(db);
  const notifications = mongoNotifications(db);
  const documents = createDocumentPool({
    threads: 1,
    maxWaiting: DOCUMENTS_WAITING,
    timeoutMs: DOCUMENT_TIMEOUT_MS,
  });
  const users = mongoUsers(db);
  const organizations = mongoOrganizations(db);

  const sales = {
    unitOfWork,
    outbox,
    clock,
    ids,
    bookings,
    transfers: mongoTransfers(db),
    payments: mongoPayments(db),
    tickets,
    refunds: mongoRefunds(db),
    disputes: mongoDisputes(db),
    changes: mongoEventChanges(db),
    incidents: mongoIncidents(db),
    waitlistEntries: mongoWaitlistEntries(db),
    waitlistOffers: mongoWaitlistOffers(db),
    waitlists: mongoWaitlists(db),
    notifications,
    saleEvents: mongoSaleEvents(db),
    claims,
    buyerLimits: mongoBuyerLimits(db),
    layouts,
    mirror,
    webhooks: mongoWebhookEvents(db),
    gateway: stripeGateway({
      secretKey: env.STRIPE_SECRET_KEY,
      apiBase: env.STRIPE_API_BASE,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET,
      timeoutMs: PROVIDER_TIMEOUT_MS,
      clock,
    }),
    rateLimit: createProviderRateLimit(scripts),
  };
  const inventory = { layouts, mirror, claims };
  const listings = {
    events,
    venues: mongoVenues(db),
    organizations: mongoOrganizations(db),
    layouts,
    listings: mongoListings(db),
    listedEvents: mongoListedEvents(db),
    figures: mongoSalesFigures(db),
    freeUnits: createFreeUnits(scripts),
    listingCache: createListingCache({
      redis: runtime.redis,
      onError: (error) =>
        log.warn({ reason: messageOf(error) }, 'remembered listings: Redis does not answer'),
    }),
    unitOfWork,
    clock,
  };

  return {
    runtime,
    finalize: sales,
    handlers: {
      inventory,
      sales,
      events: { seatMaps, events, sales: mongoSalesRecord(db), unitOfWork, outbox, clock },
      listings,
      accounts: { users, notifications, unitOfWork, outbox, ids, clock },
      imports: {
        ...sales,
        users,
        personKeys: hashedPersonKeys,
        venues: mongoVenues(db),
        references: mongoBookingReferences(db),
        referenceSource: randomReferences,
        holds: createHoldStore(scripts),
        availability: createAvailabilityCache({ reader, layouts, clock }),
        imports: mongoAttendeeImports(db),
        rows: mongoAttendeeRows(db),
        buyersWait: async () => (await runtime.queue.listDue('finalize', 1)).length > 0,
      },
      waitlist: {
        ...sales,
        venues: mongoVenues(db),
        references: mongoBookingReferences(db),
        referenceSource: randomReferences,
        holds: createHoldStore(scripts),
        reader,
      },
      notifications: {
        notifications,
        waitlist: {
          waitlistOffers: sales.waitlistOffers,
          waitlistEntries: sales.waitlistEntries,
          venues: mongoVenues(db),
        },
        bookings,
        corrections: mongoEmailCorrections(db),
        tickets,
        signer: ed25519TicketSigner({ privateJwk: env.TICKET_SIGNING_KEY }),
        accounts: {
          users,
          mailTokens: mongoMailTokens(db),
          mailTokenSource: randomMailTokens,
        },
        teams: {
          users,
          organizations,
          invitations: mongoInvitations(db),
          mailTokenSource: randomMailTokens,
        },
        organizers: { users, organizations, memberships: mongoMemberships(db) },
        transferLetters: {
          users,
          transfers: sales.transfers,
          saleEvents: sales.saleEvents,
          mailTokenSource: randomMailTokens,
        },
        qr: qrPng(),
        documents,
        events,
        organizations,
        links: mongoTicketLinks(db),
        linkSource: randomTicketLinks,
        publicUrl: env.PUBLIC_URL,
        email: sendgridEmailSender({
          apiKey: env.SENDGRID_API_KEY,
          apiBase: env.SENDGRID_API_BASE,
          from: { email: env.MAIL_FROM, name: 'EventHorizon' },
          timeoutMs: PROVIDER_TIMEOUT_MS,
        }),
        sms: twilioSmsSender({
          accountSid: env.TWILIO_ACCOUNT_SID,
          authToken: env.TWILIO_AUTH_TOKEN,
          apiBase: env.TWILIO_API_BASE,
          from: env.TWILIO_FROM,
          timeoutMs: PROVIDER_TIMEOUT_MS,
        }),
        smsAllowance: createSmsAllowance(scripts, {
          ...SMS_A_DAY,
          organizationId: env.SMS_PER_ORGANIZATION_A_DAY,
        }),
        clock,
      },
    },
    listings,
    waitlist: { ...sales, holds: createHoldStore(scripts), reader },
    schedules: {
      events,
      inventory: { ...inventory, reader },
      clock,
    },
    checks: { mongo: () => db.command({ ping: 1 }), redis: () => runtime.redis.ping() },
    [Symbol.asyncDispose]: async () => {
      await runtime[Symbol.asyncDispose]();
      await documents[Symbol.asyncDispose]();
      await mongo.close();
    },
  };
};

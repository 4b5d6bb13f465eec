import type { AttendeeImportStore, AttendeeRowStore } from '@eventhorizon/core/attendees/ports';
import type { PersonKeys } from '@eventhorizon/core/bookings/ports';
import type { EventStore, SalesRecord } from '@eventhorizon/core/events/ports';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { HoldStore } from '@eventhorizon/core/holds/ports';
import type { FirstAdminCode } from '@eventhorizon/core/identity/admins/claim-first-admin';
import type { AccountAdministration, AdminActStore } from '@eventhorizon/core/identity/admins/ports';
import type { AttemptCounter } from '@eventhorizon/core/identity/attempts';
import type {
  AccessTokens,
  MailTokenSource,
  MailTokenStore,
  PasswordHasher,
  RefreshTokens,
  SessionStore,
  UserStore,
} from '@eventhorizon/core/identity/ports';
import type { AvailabilityCache, InventoryMirror } from '@eventhorizon/core/inventory/ports';
import type { FreeUnits, ListingCache, ListingStore } from '@eventhorizon/core/listings/ports';
import type {
  DocumentAllowance,
  EmailCorrectionStore,
  NotificationStore,
  TicketDocuments,
  TicketLinkSource,
  TicketLinkStore,
} from '@eventhorizon/core/notifications/ports';
import type {
  InvitationStore,
  MembershipStore,
  OrganizationStore,
} from '@eventhorizon/core/organizations/ports';
import type { UnitOfWork } from '@eventhorizon/core/shared/unit-of-work';
import type { QrRenderer, TicketSigner } from '@eventhorizon/core/tickets/ports';
import type { SeatMapStore, VenueStore } from '@eventhorizon/core/venues/ports';
import type { JoinRoomDeps } from '@eventhorizon/core/waiting-room/join-room';
import type { Logger } from 'pino';
import type { VisitorTokens } from './http/visitor-token.ts';
import type { LiveHub } from './live/hub.ts';
import type { Pings } from './observability/health.ts';
import type { Metrics } from './observability/metrics.ts';

/** Settings that requests depend on. */
export type ApiConfig = {
  /** Cookies by https only: everywhere but on a developer's machine. */
  readonly secureCookies: boolean;
  /** Origins whose pages may call us from a browser. */
  readonly corsOrigins: readonly string[];
  /** Whether the last address of X-Forwarded-For is our own proxy's word. */
  readonly trustProxy: boolean;
  /** After this long a procedure is answered with `deadline.passed`, so that no request hangs. */
  readonly deadlineMs: number;
  /** The payment provider's key for browsers. Public. */
  readonly stripePublishableKey: string;
};

/** What selling needs, with whole stores where other use cases want more of them than the flows do. */
type SalePorts = Omit<SaleDeps, 'holds' | 'mirror' | 'venues' | 'notifications'> &
  Omit<JoinRoomDeps, 'layouts'>;

/** The ports that use cases of the API need. A use case takes the few it names. */
export type Ports = SalePorts & {
  readonly unitOfWork: UnitOfWork;
  readonly users: UserStore;
  readonly administration: AccountAdministration;
  readonly adminActs: AdminActStore;
  readonly firstAdminCode: FirstAdminCode;
  readonly attempts: AttemptCounter;
  readonly sessions: SessionStore;
  readonly mailTokens: MailTokenStore;
  readonly mailTokenSource: MailTokenSource;
  readonly hasher: PasswordHasher;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly organizations: OrganizationStore;
  readonly memberships: MembershipStore;
  readonly invitations: InvitationStore;
  readonly venues: VenueStore;
  readonly seatMaps: SeatMapStore;
  readonly events: EventStore;
  readonly sales: SalesRecord;
  readonly holds: HoldStore;
  readonly mirror: InventoryMirror;
  readonly availability: AvailabilityCache;
  readonly listings: Pick<ListingStore, 'search'>;
  readonly listingCache: Pick<ListingCache, 'through'>;
  readonly freeUnits: FreeUnits;
  readonly signer: TicketSigner;
  readonly qr: QrRenderer;
  readonly documents: TicketDocuments;
  readonly documentAllowance: DocumentAllowance;
  readonly personKeys: PersonKeys;
  readonly imports: AttendeeImportStore;
  readonly rows: AttendeeRowStore;
  readonly notifications: NotificationStore;
  readonly corrections: EmailCorrectionStore;
  readonly links: TicketLinkStore;
  readonly linkSource: TicketLinkSource;
};

/** Everything the API is made of, built in deps.ts; tests replace parts. */
export type ApiDeps = Ports & {
  readonly config: ApiConfig;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly pings: Pings;
  readonly visitorTokens: VisitorTokens;
  /** How often a ticket link may be opened, by the hash of its code. */
  readonly linkRateLimit: { readonly take: (hash: string) => Promise<boolean> };
  /** How often an address may ask for ticket links that open nothing. */
  readonly linkMissLimit: { readonly take: (address: string) => Promise<boolean> };
  readonly live: LiveHub;
  /** Whether an error says that a database could not be reached: no bug, and worth another try. */
  readonly isOutage: (error: unknown) => boolean;
};

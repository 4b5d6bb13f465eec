import type {
  BookingStore,
  BuyerLimitStore,
  PersonKeys,
  ReferenceSource,
  ReferenceStore,
  SaleEventReader,
} from '../bookings/ports.ts';
import type { EventChangeStore } from '../events/changes/ports.ts';
import type { HoldStore } from '../holds/ports.ts';
import type { AddressTurns, UserStore } from '../identity/ports.ts';
import type { ClaimStore, InventoryMirror, LayoutSource } from '../inventory/ports.ts';
import type { NotificationStore } from '../notifications/ports.ts';
import type { PaymentGateway, ProviderRateLimit } from '../payments/ports.ts';
import type { DisputeStore, IncidentStore, PaymentStore, WebhookStore } from '../payments/stores.ts';
import type { RefundStore } from '../refunds/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { IdSource } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import type { TicketStore } from '../tickets/stores.ts';
import type { TransferStore } from '../transfers/ports.ts';
import type { VenueStore } from '../venues/ports.ts';
import type { OfferStore, WaitlistEntryStore, WaitlistStore } from '../waitlist/ports.ts';

/** Everything that selling needs, from hold to refund. Each flow asks for its part of it. */
export type SaleDeps = {
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly holds: Pick<HoldStore, 'beginConversion' | 'completeConversion' | 'abortConversion'>;
  readonly mirror: Pick<InventoryMirror, 'follow' | 'owners'>;
  readonly layouts: LayoutSource;
  readonly venues: Pick<VenueStore, 'find'>;
  readonly saleEvents: SaleEventReader;
  readonly bookings: BookingStore;
  readonly references: ReferenceStore;
  readonly referenceSource: ReferenceSource;
  readonly claims: ClaimStore;
  readonly buyerLimits: BuyerLimitStore;
  readonly users: Pick<UserStore, 'find' | 'findByEmailKeys'>;
  readonly addressTurns: AddressTurns;
  readonly personKeys: PersonKeys;
  readonly payments: PaymentStore;
  readonly refunds: RefundStore;
  readonly changes: EventChangeStore;
  readonly disputes: DisputeStore;
  readonly tickets: TicketStore;
  readonly transfers: TransferStore;
  readonly webhooks: WebhookStore;
  readonly incidents: IncidentStore;
  readonly waitlistEntries: WaitlistEntryStore;
  readonly waitlistOffers: OfferStore;
  readonly waitlists: WaitlistStore;
  readonly notifications: Pick<NotificationStore, 'enqueue'>;
  readonly gateway: PaymentGateway;
  readonly rateLimit: ProviderRateLimit;
};

/** There is one account at the payment provider; its bucket of calls has this name. */
export const PROVIDER_ACCOUNT = 'default';

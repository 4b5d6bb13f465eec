import type { BookingId, EventId, OrganizationId, PaymentId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Dispute } from './dispute.ts';
import type { Incident, IncidentId, IncidentKind } from './incident.ts';
import type { Payment } from './payment.ts';
import type { ProviderEvent } from './ports.ts';

/** What arrived for one payment. */
export type Capture = {
  readonly paymentId: PaymentId;
  readonly intentId: string;
  readonly amount: number;
  readonly currency: string;
  readonly paidAt: Date;
};

/** Payments in Mongo. Changes are conditional and answer whether they happened. */
export type PaymentStore = {
  readonly insert: (tx: Tx, payment: Payment) => Promise<void>;
  readonly insertAll: (tx: Tx, payments: readonly Payment[]) => Promise<void>;
  readonly find: (paymentId: PaymentId, tx?: Tx) => Promise<Payment | null>;
  readonly findMany: (paymentIds: readonly PaymentId[], tx?: Tx) => Promise<Payment[]>;
  readonly findByIntent: (intentId: string) => Promise<Payment | null>;
  /**
   * Notes the intent of `attempt`, while none is noted and the payment is not sealed. `known`: a parallel call noted this
   * very intent. `refused`: the payment is sealed, or the attempt is over; nobody may be told how to pay this intent.
   */
  readonly recordIntent: (
    paymentId: PaymentId,
    attempt: number,
    intentId: string,
    tx?: Tx,
  ) => Promise<'recorded' | 'known' | 'refused'>;
  /** Notes the intent of a sealed payment, that is about to be cancelled. */
  readonly noteIntent: (paymentId: PaymentId, intentId: string) => Promise<void>;
  /** attempt -> attempt + 1, while no intent is noted and the payment is not sealed. */
  readonly raiseAttempt: (paymentId: PaymentId, attempt: number) => Promise<boolean>;
  /** No intent from here on; idempotent. */
  readonly seal: (tx: Tx, paymentId: PaymentId) => Promise<void>;
  /** created -> processing. */
  readonly markProcessing: (paymentId: PaymentId) => Promise<boolean>;
  readonly noteDecline: (
    paymentId: PaymentId,
    decline: { readonly code: string; readonly message: string; readonly at: Date },
  ) => Promise<void>;
  /** created | processing | cancelled -> captured, each with what came. Returns how many moved. */
  readonly markCaptured: (tx: Tx, captures: readonly Capture[]) => Promise<number>;
  /** created | processing -> cancelled. */
  readonly markCancelled: (tx: Tx, paymentId: PaymentId) => Promise<boolean>;
  /** Raises `refundReserved` if it stays within what is captured and not withheld by disputes; false otherwise. */
  readonly reserveRefund: (tx: Tx, paymentId: PaymentId, amount: number) => Promise<boolean>;
  readonly releaseRefund: (tx: Tx, paymentId: PaymentId, amount: number) => Promise<void>;
  /** A dispute withholds `by` more (or, below 0, less) of it. */
  readonly noteWithheld: (tx: Tx, paymentId: PaymentId, by: number) => Promise<void>;
  /** It was nobody's account's and is this one's. */
  readonly markAdopted: (tx: Tx, paymentId: PaymentId, userId: UserId) => Promise<void>;
  /** Newest first. */
  readonly listOfUser: (userId: UserId, page: PageRequest) => Promise<Page<Payment>>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Payment>;
};

/** A verified delivery as it is kept: without the client secret. */
export type StoredWebhook = {
  readonly id: string;
  readonly event: ProviderEvent;
  readonly receivedAt: Date;
};

export type WebhookStore = {
  /** Throws WebhookSeen when this event was stored before. */
  readonly insert: (tx: Tx, webhook: StoredWebhook) => Promise<void>;
  readonly find: (id: string) => Promise<StoredWebhook | null>;
};

/** This provider event was stored before, together with its follow-ups. */
export class WebhookSeen extends Error {
  override readonly name = 'WebhookSeen';
}

export type IncidentFilter = {
  readonly state: 'open' | 'resolved';
  readonly kind?: IncidentKind | undefined;
  readonly eventId?: EventId | undefined;
};

export type IncidentStore = {
  /** Adds it unless there is one with the same key. */
  readonly raise: (tx: Tx, incident: Incident) => Promise<void>;
  readonly findOwn: (organizationId: OrganizationId, incidentId: IncidentId) => Promise<Incident | null>;
  readonly findOpen: (bookingId: BookingId, tx?: Tx) => Promise<Incident[]>;
  /** open -> resolved. `by`: who decided; absent where it settled itself. */
  readonly resolve: (
    tx: Tx,
    incidentId: IncidentId,
    resolution: string,
    at: Date,
    by?: UserId,
  ) => Promise<boolean>;
  /** open -> resolved, for what settles itself, by what it is about. */
  readonly resolveByKey: (tx: Tx, key: string, resolution: string, at: Date) => Promise<boolean>;
  /** Newest first. */
  readonly list: (
    organizationId: OrganizationId,
    filter: IncidentFilter,
    page: PageRequest,
  ) => Promise<Page<Incident>>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Incident>;
};

/** Disputes by the provider's id. Changes are compare-and-sets on what was known. */
export type DisputeStore = {
  /** Throws DisputeExists when it is known already. */
  readonly insert: (tx: Tx, dispute: Dispute) => Promise<void>;
  readonly find: (id: string, tx?: Tx) => Promise<Dispute | null>;
  /** Writes `next` if `from` is still what is known. */
  readonly markTold: (tx: Tx, from: Dispute, next: Dispute) => Promise<boolean>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Dispute>;
};

/** Somebody else has just taken it down: look again. */
export class DisputeExists extends Error {
  override readonly name = 'DisputeExists';
}

import type { UnitId } from '../inventory/unit.ts';
import type { Quote } from '../pricing/quote.ts';
import type { BookingId, EventId, OfferId, OrganizationId, UserId, WaitlistEntryId } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const OFFER_STATUSES = ['open', 'accepted', 'declined', 'expired', 'withdrawn'] as const;
export type OfferStatus = (typeof OFFER_STATUSES)[number];

export const offerTransitions: Transitions<OfferStatus> = {
  open: ['accepted', 'declined', 'expired', 'withdrawn'],
  accepted: [],
  declined: [],
  expired: [],
  withdrawn: [],
};

/** A unit on offer, as people read it. */
export type OfferedUnit = {
  readonly unitId: UnitId;
  readonly label: string;
  readonly priceCategory: string;
};

/** Units promised to one who waits, until `expiresAt`. While it is open their claims have its id as owner, in Mongo. */
export type Offer = {
  readonly id: OfferId;
  readonly entryId: WaitlistEntryId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly status: OfferStatus;
  readonly units: readonly OfferedUnit[];
  /** Prices as they were when it was made; honoured until it ends. */
  readonly quote: Quote;
  /** The organizer who made it by hand; null: its turn had come. */
  readonly madeBy: UserId | null;
  readonly expiresAt: Date;
  /** Set once it is accepted. */
  readonly bookingId: BookingId | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

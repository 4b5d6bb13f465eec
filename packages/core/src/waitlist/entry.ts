import type { Buyer } from '../bookings/booking.ts';
import type { UnitId } from '../inventory/unit.ts';
import type {
  AreaId,
  EventId,
  OfferId,
  OrganizationId,
  TicketTypeId,
  UserId,
  WaitlistEntryId,
} from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const ENTRY_STATUSES = ['waiting', 'offered', 'converted', 'lapsed', 'cancelled'] as const;
export type EntryStatus = (typeof ENTRY_STATUSES)[number];

/**
 * `offered -> waiting`: a part was accepted, or the organizer took the offer back; the place in line stays. `lapsed`: an offer was declined or
 * not answered. Offering the same units to the same person again would hold up everybody behind, so one ignored offer ends an entry.
 */
export const entryTransitions: Transitions<EntryStatus> = {
  waiting: ['offered', 'cancelled'],
  offered: ['converted', 'waiting', 'lapsed', 'cancelled'],
  converted: [],
  lapsed: [],
  cancelled: [],
};

export const isActive = (status: EntryStatus): boolean => status === 'waiting' || status === 'offered';

/** `left`: its person gave it up. `removed`: the organizer took it off the list. `event_over`: the event is cancelled, over, or so near that nothing is offered any more. */
export const ENTRY_END_REASONS = ['left', 'removed', 'event_over'] as const;
export type EntryEndReason = (typeof ENTRY_END_REASONS)[number];

/** What somebody waits for: everything that fits all that is named. At least one is. */
export type Wish = {
  readonly priceCategory: string | null;
  readonly areaId: AreaId | null;
  readonly ticketTypeId: TicketTypeId | null;
};

/** Somebody who waits for units of an event. */
export type WaitlistEntry = {
  /** Minted by the caller, so that a call with a lost answer can be repeated; it says nothing about the order. */
  readonly id: WaitlistEntryId;
  /** Minted by us when it is drafted: these sort by time, and that is the order in which people are served. */
  readonly place: WaitlistEntryId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly status: EntryStatus;
  readonly wish: Wish;
  /** Keys of the pools whose units fit the wish (pool-key.ts). Pools of a published event do not change. */
  readonly pools: readonly string[];
  /** How many are still wanted. */
  readonly quantity: number;
  /** Content with fewer; the rest is waited for further on, in the same place. */
  readonly partWelcome: boolean;
  /** Who is written to, and buys. */
  readonly buyer: Buyer;
  /** The offer that is open, or was the last one. */
  readonly offerId: OfferId | null;
  /** How often units that it wanted went past it, because they were too few for it. */
  readonly skips: number;
  /** Units whose offer to this entry the organizer took back: they go past it until it is offered others. Absent: none. */
  readonly withheld?: readonly UnitId[];
  readonly endReason: EntryEndReason | null;
  /** Who took it off the list, and why; for the organization alone. */
  readonly removal?: { readonly by: UserId; readonly reason: string };
  readonly revision: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

export const MAX_ENTRY_QUANTITY = 10;
/** Of one person for one event: an open offer keeps its units from everybody else. */
export const MAX_ACTIVE_ENTRIES = 5;

/** Two active entries of a person are not alike in this. */
export const wishKey = ({ priceCategory, areaId, ticketTypeId }: Wish): string =>
  JSON.stringify([priceCategory, areaId, ticketTypeId]);

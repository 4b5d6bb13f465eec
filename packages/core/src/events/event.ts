import type { AreaId, EventId, OrganizationId, SeatMapId, TicketTypeId, VenueId } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';
import type { WallTime } from '../shared/wall-time.ts';
import type { EventCancellation } from './cancellation.ts';
import type { Postponement } from './postponement.ts';
import type { RefundPolicy } from './refund-policy.ts';
import type { TransferSetting } from './transfer-setting.ts';
import type { WaitlistSettings } from './waitlist-settings.ts';

export const EVENT_STATUSES = ['draft', 'published', 'postponed', 'cancelled', 'completed'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** `published -> draft` is unpublishing, allowed while unsold. */
export const eventTransitions: Transitions<EventStatus> = {
  draft: ['published'],
  published: ['draft', 'postponed', 'cancelled', 'completed'],
  postponed: ['published', 'cancelled'],
  cancelled: [],
  completed: [],
};

/** A wall time with the instant it names beside it. */
export type EventTime = WallTime & { readonly at: Date };

/** What seats and areas are priced by. `key` of a seated category is the category's name in the seat map. */
export type PriceCategory = { readonly key: string; readonly name: string; readonly color: string | null };

/** General admission: numbered places, of which `capacity` are for sale. */
export type Area = {
  readonly id: AreaId;
  readonly name: string;
  readonly capacity: number;
  /**
   * Places numbered so far, when more than `capacity`: lowering a capacity retires free places by claims and keeps the
   * numbers, because sold ones may be among the highest.
   */
  readonly issued?: number;
  readonly priceCategory: string;
};

/** `prices`: minor units of the event's currency by price category; a category without a price is not sold as this type. */
export type TicketType = {
  readonly id: TicketTypeId;
  readonly name: string;
  readonly prices: Readonly<Record<string, number>>;
};

/** Drawn once, at the opening, and never changed: it fixes the order of all who came before. */
export type RoomOpening = {
  /** 128 random bits as hex. */
  readonly seed: string;
  /** Numbers below this were given before the opening; they are in random order. Later ones keep their order. */
  readonly crowd: number;
  readonly openedAt: Date;
};

/** From `since` on, turns begin at this rate; the line stood at `from` then. 0: paused. */
export type RoomPace = { readonly since: Date; readonly from: number; readonly perMinute: number };

/** How buyers are let at the units when more come at once than can buy at once. Rules: core/waiting-room. */
export type WaitingRoom = {
  readonly opensAt: EventTime;
  /** Turns that begin in a minute, unless it is paused. */
  readonly turnsPerMinute: number;
  /** How long a turn lasts. */
  readonly turnMs: number;
  /** Written by whoever comes first after `opensAt`; null until then. */
  readonly opening: RoomOpening | null;
  /** By time; empty until the opening. */
  readonly pace: readonly RoomPace[];
  /** It is paused because the event was postponed, and goes on with the sale. */
  readonly putOff?: true;
};

export type Event = {
  readonly id: EventId;
  readonly organizationId: OrganizationId;
  readonly status: EventStatus;
  readonly title: string;
  /** Markdown as the organizer wrote it. */
  readonly description: string;
  /** The same as sanitized HTML. */
  readonly descriptionHtml: string;
  /** Printed on tickets besides ours, a paragraph a line; empty or absent: none. */
  readonly terms?: string | undefined;
  /** What goes back to who gives tickets up; absent: nothing. Copied into each booking when it is made. */
  readonly refundPolicy?: RefundPolicy | undefined;
  readonly category: string;
  readonly tags: readonly string[];
  readonly imageUrl: string | null;
  readonly startsAt: EventTime;
  readonly endsAt: EventTime;
  readonly doorsAt: EventTime | null;
  readonly venueId: VenueId;
  /** The pinned seat map version; null for general admission only. */
  readonly seatMapId: SeatMapId | null;
  readonly priceCategories: readonly PriceCategory[];
  readonly areas: readonly Area[];
  readonly ticketTypes: readonly TicketType[];
  readonly currency: string;
  /** null: from publication. */
  readonly salesStartAt: Date | null;
  /** null: until the start. */
  readonly salesEndAt: Date | null;
  readonly maxPerBooking: number;
  readonly maxPerPerson: number;
  readonly holdTtlMs: number;
  /** Absent: as DEFAULT_TRANSFERS says. */
  readonly transfers?: TransferSetting | undefined;
  /** null: whoever comes may hold. */
  readonly waitingRoom: WaitingRoom | null;
  /** When a room that had opened was taken away for good. Its numbers would be the crowd of another one, so there is none. */
  readonly roomEndedAt?: Date;
  /** Set with the status `cancelled`. */
  readonly cancellation?: EventCancellation;
  /** Set when the show was put off or moved; stays when it is on sale again. */
  readonly postponement?: Postponement;
  /** Absent: as by default (waitlist-settings.ts). */
  readonly waitlist?: WaitlistSettings | undefined;
  /** When set on a draft, it is published then. */
  readonly publishAt: Date | null;
  readonly publishedAt: Date | null;
  /**
   * Set by an unpublish, cleared by the check that follows it (not before this instant), because a checkout may still be
   * committing. While it is set, the event can be neither changed, published nor deleted.
   */
  readonly frozenUntil: Date | null;
  /** Rises with every change; what readers of a layout compare. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export const DEFAULT_HOLD_TTL_MS = 10 * 60_000;
export const MIN_HOLD_TTL_MS = 60_000;
export const MAX_HOLD_TTL_MS = 30 * 60_000;
export const DEFAULT_MAX_PER_BOOKING = 10;
export const MIN_TURN_MS = 60_000;
export const MAX_TURN_MS = 60 * 60_000;
export const MAX_TURNS_PER_MINUTE = 100_000;

/** Numbered places of all areas of an event together. */
export const MAX_PLACES = 1_000_000;

/** Places of an area numbered so far: those for sale and the retired ones. */
export const issuedPlaces = (area: Area): number => Math.max(area.issued ?? 0, area.capacity);

/** The instants between which units may be held, as the gate in Redis knows them. */
export const salesWindowOf = (event: Event): { from: Date | null; until: Date } => ({
  from: event.salesStartAt,
  until: event.salesEndAt ?? event.startsAt.at,
});

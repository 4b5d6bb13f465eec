import type { UnitId } from '../inventory/unit.ts';
import type { BookingId, EventId, OrganizationId, TicketId, TicketTypeId, UserId } from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const TICKET_STATUSES = ['valid', 'void'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const ticketTransitions: Transitions<TicketStatus> = { valid: ['void'], void: [] };

/** The right of one holder to one unit. At most one valid ticket per (eventId, unitId), by a unique partial index. */
export type Ticket = {
  readonly id: TicketId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly bookingId: BookingId;
  readonly unitId: UnitId;
  readonly label: string;
  readonly ticketTypeId: TicketTypeId;
  readonly ticketTypeName: string;
  /** null: the customer of an organizer's sale, who is known by no account. */
  readonly holderId: UserId | null;
  readonly attendeeName: string | null;
  readonly status: TicketStatus;
  /** 1 for the first; a transfer voids one and issues the next for the same unit. */
  readonly generation: number;
  readonly issuedAt: Date;
  readonly voidedAt: Date | null;
};

/** What a ticket's code says, and a gate reads offline. */
export type TicketCode = {
  readonly ticketId: TicketId;
  readonly eventId: EventId;
  readonly unitId: UnitId;
  readonly generation: number;
};

import { DAY_MS } from '../shared/clock.ts';
import type { BookingId, TicketId } from '../shared/ids.ts';

/**
 * A short address in an SMS (`/t/<code>`): whoever has it sees the tickets of a booking, as whoever has the phone would see the
 * e-mail. The code itself is in the SMS alone.
 */
export type TicketLink = {
  readonly hash: string;
  readonly bookingId: BookingId;
  /** Only this ticket, as long as it is valid: it was passed on to who has the link. Absent: what the buyer holds. */
  readonly ticketId?: TicketId | undefined;
  readonly createdAt: Date;
  /** When the record is forgotten. Whether it opens is decided by the event as it stands, which may be moved. */
  readonly dropAt: Date;
};

/** A day after the event nobody stands at a gate any more. */
export const LINK_OUTLIVES_EVENT_MS = DAY_MS;

/** Events are moved by a year at most; then the link has opened nothing for long. */
export const LINK_KEPT_MS = 400 * DAY_MS;

/** 100 random bits in 20 letters and digits that nobody mistakes for others (Crockford's), so one fast hash hides them. */
export const TICKET_LINK_CODE = /^[0-9a-hjkmnp-tv-z]{20}$/;

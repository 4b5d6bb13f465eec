import type { Settlement } from '../bookings/box-office-input.ts';
import type { Selection } from '../holds/place-hold-input.ts';
import type {
  AttendeeImportId,
  BookingId,
  EventId,
  HoldId,
  OrganizationId,
  TicketTypeId,
  UserId,
} from '../shared/ids.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const IMPORT_STATUSES = ['running', 'stopped', 'finished', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export const importTransitions: Transitions<ImportStatus> = {
  running: ['stopped', 'finished', 'cancelled'],
  stopped: ['running', 'cancelled'],
  finished: [],
  cancelled: [],
};

/** Nothing more of it will be sold, ever: one that is stopped goes on when a member wishes. */
export const hasEnded = ({ status }: { readonly status: ImportStatus }): boolean =>
  importTransitions[status].length === 0;

/** `seller_may_not_sell`: the account in whose right it is sold was suspended, left the team, or has another role by now. */
export const STOP_REASONS = ['seller_may_not_sell'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** A list of attendees that is being sold line by line: one booking an attendee. */
export type AttendeeImport = {
  readonly id: AttendeeImportId;
  readonly organizationId: OrganizationId;
  readonly eventId: EventId;
  /** Names the upload, minted by the caller: the same one again is the same import. */
  readonly requestId: string;
  readonly status: ImportStatus;
  readonly settlement: Settlement;
  /** Why the event's limit per person does not hold for these attendees; null: it does. */
  readonly limitOverride: string | null;
  /** Whether each attendee is mailed the ticket. */
  readonly mail: boolean;
  readonly startedBy: UserId;
  /** In whose right it is sold: who started it, or went on with it after it was stopped. */
  readonly soldBy: UserId;
  /** Why no more of it is sold until a member goes on with it; null unless it is stopped. */
  readonly stopReason: StopReason | null;
  /** Lines with an attendee. */
  readonly rows: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** Letters that were asked for after the list was stored; absent: none were. */
  readonly mailing?: ImportMailing;
};

/** How far the letters of a list that was not mailed as it was sold are. */
export type ImportMailing = {
  readonly askedAt: Date;
  readonly askedBy: UserId;
  /** Bookings that were looked at, in the order of the list. */
  readonly seen: number;
  /** Of these, to whom there is a letter, sent or about to be. */
  readonly letters: number;
  /** When all had been looked at; null: not yet. */
  readonly endedAt: Date | null;
};

/** The letters of a list are spread, so that those to buyers need not wait behind thousands of them. */
export const LETTER_EVERY_MS = 50;

export const ROW_STATUSES = ['waiting', 'sold', 'refused', 'cancelled'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

export const rowTransitions: Transitions<RowStatus> = {
  waiting: ['sold', 'refused', 'cancelled'],
  sold: [],
  refused: [],
  cancelled: [],
};

/** What one line asks for. */
export type Attendee = {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly name: string;
  readonly email: string | null;
  readonly ticketTypeId: TicketTypeId;
  /** One unit: this seat, or one of a price category or of an area. */
  readonly selection: Selection;
  readonly note: string | null;
};

/** One line of an import; at most one per import and line. */
export type AttendeeRow = Attendee & {
  readonly importId: AttendeeImportId;
  /** Minted with the row: whoever works the row, and however often, holds and books under this one. */
  readonly holdId: HoldId;
  /** What was taken for it: what its ticket cost when the list was stored, in minor units. It is sold for nothing else. */
  readonly price: number;
  readonly status: RowStatus;
  /** Why it was refused; null otherwise. */
  readonly reason: string | null;
  readonly bookingId: BookingId | null;
  readonly reference: string | null;
};

/** How far an import is. */
export type ImportProgress = AttendeeImport & { readonly counts: Readonly<Record<RowStatus, number>> };

export const MAX_ATTENDEES = 5_000;

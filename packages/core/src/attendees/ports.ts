import type { AttendeeImportId, BookingId, EventId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { AttendeeImport, AttendeeRow, ImportMailing, RowStatus, StopReason } from './attendee-import.ts';

export type AttendeeImportStore = {
  /** Throws ImportExists when this upload was stored before. */
  readonly insert: (tx: Tx, attendeeImport: AttendeeImport) => Promise<void>;
  readonly find: (importId: AttendeeImportId) => Promise<AttendeeImport | null>;
  readonly findByRequest: (eventId: EventId, requestId: string) => Promise<AttendeeImport | null>;
  /** An event's, newest first. */
  readonly listOfEvent: (
    organizationId: OrganizationId,
    eventId: EventId,
    page: PageRequest,
  ) => Promise<Page<AttendeeImport>>;
  /** One worker at a time: until then this running import is the caller's alone. null: another has it, or it has ended. */
  readonly takeLease: (importId: AttendeeImportId, at: Date, until: Date) => Promise<ImportLease | null>;
  /** false: it is another's by now, or the import has ended. */
  readonly renewLease: (lease: ImportLease, until: Date) => Promise<boolean>;
  readonly releaseLease: (lease: ImportLease) => Promise<void>;
  /** running -> finished. */
  readonly markFinished: (importId: AttendeeImportId, at: Date) => Promise<boolean>;
  /** running -> stopped, if it is sold in the right of `soldBy` still. */
  readonly markStopped: (importId: AttendeeImportId, soldBy: UserId, reason: StopReason) => Promise<boolean>;
  /** stopped -> running, in the right of `soldBy` from now on. */
  readonly markResumed: (tx: Tx, importId: AttendeeImportId, soldBy: UserId) => Promise<boolean>;
  /** running | stopped -> cancelled. */
  readonly markCancelled: (tx: Tx, importId: AttendeeImportId, at: Date) => Promise<boolean>;
  /** Its attendees are to be mailed; false when that was asked for before. */
  readonly markMailing: (
    tx: Tx,
    importId: AttendeeImportId,
    asked: Pick<ImportMailing, 'askedAt' | 'askedBy'>,
  ) => Promise<boolean>;
  /** So many more bookings were looked at, and have so many letters; false when somebody else has gone on from `seen`. */
  readonly noteMailed: (
    tx: Tx,
    importId: AttendeeImportId,
    seen: number,
    more: { readonly seen: number; readonly letters: number },
  ) => Promise<boolean>;
  /** All were looked at; false while the import has not ended, because more may be sold. */
  readonly markMailed: (importId: AttendeeImportId, at: Date) => Promise<boolean>;
};

export type ImportLease = { readonly importId: AttendeeImportId; readonly token: string };

/** This upload was stored before; a repeated call answers with that import. */
export class ImportExists extends Error {
  override readonly name = 'ImportExists';
}

/** The lines of imports. Each `mark` is a compare-and-set on `waiting`. */
export type AttendeeRowStore = {
  /** Outside a transaction, before the import itself is there: rows without an import are nobody's and expire. */
  readonly stage: (rows: readonly AttendeeRow[]) => Promise<void>;
  /** Takes staged rows back. */
  readonly drop: (importId: AttendeeImportId) => Promise<void>;
  /** In the order of the file. */
  readonly listWaiting: (importId: AttendeeImportId, limit: number) => Promise<AttendeeRow[]>;
  /** waiting -> sold, each. Returns how many moved. */
  readonly markSold: (
    tx: Tx,
    importId: AttendeeImportId,
    sold: readonly { readonly line: number; readonly bookingId: BookingId; readonly reference: string }[],
  ) => Promise<number>;
  /** waiting -> refused. */
  readonly markRefused: (importId: AttendeeImportId, line: number, reason: string) => Promise<boolean>;
  /** waiting -> cancelled, all that are left. */
  readonly cancelWaiting: (tx: Tx, importId: AttendeeImportId) => Promise<void>;
  readonly countByStatus: (importId: AttendeeImportId) => Promise<Readonly<Record<RowStatus, number>>>;
  /** All of one import, in the order of the file; at most MAX_ATTENDEES. */
  readonly list: (importId: AttendeeImportId) => Promise<AttendeeRow[]>;
};

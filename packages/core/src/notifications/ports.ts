import type { BookingId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Resent } from './decide-resend.ts';
import type { Receipt, TicketSheet } from './documents/document.ts';
import type { EmailCorrection } from './email-correction.ts';
import type { Notification, NotificationId } from './notification.ts';
import type { TicketLink } from './ticket-link.ts';

/** An e-mail ready to be sent. `id` is ours: it goes along as custom argument, so that deliveries can be matched. */
export type Email = {
  readonly id: string;
  readonly to: { readonly email: string; readonly name: string | null };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array;
    /** Set for pictures that the HTML shows by `cid:`. */
    readonly contentId?: string;
  }[];
};

export type Sms = { readonly id: string; readonly to: string; readonly text: string };

/** `failed`: will never be accepted (a bad address). `retry`: may be tried again after a while. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly providerId: string }
  | { readonly outcome: 'failed'; readonly reason: string }
  | { readonly outcome: 'retry'; readonly reason: string; readonly retryAfterMs: number | null };

export type EmailSender = { readonly send: (email: Email) => Promise<SendResult> };
export type SmsSender = { readonly send: (sms: Sms) => Promise<SendResult> };

/** Whose allowance of SMS an SMS counts against. `person`: an account or a customer's key; null: nobody known. */
export type SmsCounted = {
  readonly phone: string;
  readonly person: string | null;
  readonly organizationId: OrganizationId;
};

/** How many SMS go out within a day, over all processes: anybody may give any number, and some numbers pay those who have them called. */
export type SmsAllowance = {
  /** Counts one more. null when it may go out, else whose allowance is used up. Throws `service.unreachable`. */
  readonly take: (counted: SmsCounted) => Promise<keyof SmsCounted | null>;
};

/**
 * PDFs, made off the event loop. Throws `busy.try_again` when too many wait to be made. Every text is shown as it is: names in
 * scripts that no font of ours has get a visible box for each character.
 */
export type TicketDocuments = {
  /** A page a ticket. */
  readonly tickets: (sheets: readonly TicketSheet[]) => Promise<Uint8Array>;
  readonly receipt: (receipt: Receipt) => Promise<Uint8Array>;
};

/** How many documents are made for whoever asks: all of them wait for the same thread, at which others stand with their tickets. */
export type DocumentAllowance = {
  /** Counts a document of so many pages. null when it may be made, else ms until it may. */
  readonly take: (userId: UserId, pages: number) => Promise<number | null>;
};

/** Ticket links by the hash of their code, so that nobody who reads the database can open one. */
export type TicketLinkStore = {
  readonly insert: (link: TicketLink) => Promise<void>;
  readonly find: (hash: string) => Promise<TicketLink | null>;
};

export type TicketLinkSource = {
  readonly mint: () => { readonly code: string; readonly hash: string };
  readonly hashOf: (code: string) => string;
};

/** The trail of corrected addresses: only added to. */
export type EmailCorrectionStore = {
  readonly insert: (tx: Tx, correction: EmailCorrection) => Promise<void>;
  /** By the letter that went to the right address. */
  readonly find: (notificationId: NotificationId) => Promise<EmailCorrection | null>;
  /** Oldest first. */
  readonly listOfBooking: (bookingId: BookingId) => Promise<EmailCorrection[]>;
};

export const MAX_LISTED_MESSAGES = 200;

/** Records of what was told. All changes are compare-and-sets on the status. */
export type NotificationStore = {
  /**
   * Adds each as `queued`, once per kind, subject and channel. Returns, in their order, the ids of the records there are: the
   * given ones, or those of earlier records. Use `notify`, which also adds the jobs. Two round trips, however many.
   */
  readonly enqueue: (tx: Tx, notifications: readonly Notification[]) => Promise<NotificationId[]>;
  readonly find: (id: NotificationId, tx?: Tx) => Promise<Notification | null>;
  /** Oldest first; at most MAX_LISTED_MESSAGES, the latest ones. */
  readonly listOfBooking: (bookingId: BookingId) => Promise<Notification[]>;
  /** The latest tickets that were sent again; as many as a day can have, and more. */
  readonly listResent: (bookingId: BookingId, tx: Tx) => Promise<Resent[]>;
  /** queued -> sending; false when it is not queued any more. Before a send that must not be repeated. */
  readonly claim: (id: NotificationId) => Promise<boolean>;
  /** queued | sending -> sent. */
  readonly markSent: (id: NotificationId, providerId: string, at: Date) => Promise<void>;
  /** queued | sending -> failed, for good. */
  readonly markFailed: (id: NotificationId, reason: string) => Promise<void>;
  /** Still (or again) queued: counts the attempt and remembers why it did not go out. */
  readonly markRetry: (id: NotificationId, reason: string) => Promise<void>;
};

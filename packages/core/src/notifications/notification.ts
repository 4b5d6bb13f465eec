import type { Canceller } from '../bookings/cancellation.ts';
import type { GivableRole } from '../organizations/capabilities.ts';
import type {
  BookingId,
  EventChangeId,
  Id,
  InvitationId,
  OfferId,
  OrganizationId,
  RefundId,
  TransferId,
  UserId,
  WaitlistEntryId,
} from '../shared/ids.ts';
import type { Money } from '../shared/money.ts';
import type { Transitions } from '../shared/state-machine.ts';
import type { Requester } from './email-correction.ts';

export type NotificationId = Id<'ntf'>;

export const NOTIFICATION_STATUSES = ['queued', 'sending', 'sent', 'failed'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** `sending` is only for what must go out at most once (SMS): claimed before the provider is called. */
export const notificationTransitions: Transitions<NotificationStatus> = {
  queued: ['sending', 'sent', 'failed'],
  sending: ['sent', 'failed', 'queued'],
  sent: [],
  failed: [],
};

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Tickets that were paid for are void. */
export type TicketsCancelledNotice = {
  readonly kind: 'tickets_cancelled';
  readonly bookingId: BookingId;
  /** Of the booking since then: tells several of one booking apart. */
  readonly revision: number;
  readonly by: Canceller;
  /** Labels of the units. */
  readonly labels: readonly string[];
  /** Nothing of the booking is left. */
  readonly whole: boolean;
  /** What the organizer says to the buyer; absent: nothing. */
  readonly message?: string | undefined;
  /** What goes back for them; `byHand`: an organizer gives it. null: nothing. */
  readonly refund: { readonly amount: Money; readonly byHand: boolean } | null;
};

/** To somebody to whom tickets were passed on: they are void. Of the money they learn nothing. */
export type HeldTicketsCancelledNotice = Pick<
  TicketsCancelledNotice,
  'bookingId' | 'revision' | 'by' | 'labels' | 'message'
> & { readonly kind: 'held_tickets_cancelled'; readonly holderId: UserId };

/**
 * What a buyer is told about a booking. Everything else (who, which event, which seats) is read from the booking when it is sent, so a
 * notice holds no personal data but a masked address. The `late_payment_*` ones tell how money that came after the end was settled:
 * the same units, other ones (`before`: labels of those that were lost), or a full refund.
 */
/** What buyers are told of a change of their event. `reason`: in the organizer's words. */
export type EventChangeNotice =
  | {
      readonly kind: 'event_cancelled';
      readonly bookingId: BookingId;
      readonly reason: string;
      /** null: there is nothing that could come back. */
      readonly comesBack: { readonly amount: Money; readonly byHand: boolean } | null;
      /** It costs something, and no money has come for it. */
      readonly unpaid: boolean;
      readonly holderId?: UserId;
    }
  | (AboutChange & { readonly kind: 'event_postponed' })
  /** `before`: the start that it was; the booking has the new one. */
  | (AboutChange & {
      readonly kind: 'event_moved';
      readonly before: { readonly local: string; readonly zone: string };
    });
type AboutChange = {
  readonly bookingId: BookingId;
  readonly changeId: EventChangeId;
  readonly reason: string | null;
  /** Until then everything goes back to who wants it. */
  readonly refundUntil: Date;
  /** Whom a ticket was passed on to; absent: who bought. */
  readonly holderId?: UserId;
};

export type BookingNotice =
  | EventChangeNotice
  | { readonly kind: 'booking_confirmed'; readonly bookingId: BookingId }
  | { readonly kind: 'payment_expired'; readonly bookingId: BookingId }
  | { readonly kind: 'late_payment_rebooked'; readonly bookingId: BookingId }
  | {
      readonly kind: 'late_payment_moved';
      readonly bookingId: BookingId;
      readonly before: readonly string[];
    }
  | {
      readonly kind: 'late_payment_refunded';
      readonly bookingId: BookingId;
      readonly amount: Money;
      readonly reason: 'units_gone' | 'event_over' | 'event_cancelled' | 'booking_cancelled';
    }
  | {
      readonly kind: 'booking_resent';
      readonly bookingId: BookingId;
      /** Counts the letters that were sent again for a booking. */
      readonly number: number;
      readonly by: Requester;
    }
  /** To the former address: an organizer changed it. */
  | {
      readonly kind: 'address_corrected';
      readonly bookingId: BookingId;
      /** The letter that went to the new address; the correction is kept by it. */
      readonly correctionId: NotificationId;
      /** The new address, masked: `a…@e…`. */
      readonly masked: string;
    }
  | TicketsCancelledNotice
  | HeldTicketsCancelledNotice
  | {
      readonly kind: 'refund_sent' | 'refund_failed';
      readonly bookingId: BookingId;
      readonly refundId: RefundId;
      readonly amount: Money;
    };

/**
 * What the owner of an account is told. `occasion` tells letters of a kind apart: the window of time in which it was asked for
 * (letterWindow), or when it happened. Tokens are minted while the letter is sent, so none is kept here.
 */
export type AccountNotice = {
  readonly kind:
    | 'verify_email'
    /** To the new address, and to the present one: what was asked for, and what has happened. */
    | 'change_email'
    | 'email_change_asked'
    | 'email_changed'
    | 'reset_password'
    | 'password_changed'
    | 'account_suspended'
    | 'account_reinstated';
  readonly userId: UserId;
  readonly occasion: string;
};

/** What a member, or who is to become one, is told about the team of an organization. `occasion` as of AccountNotice. */
export type TeamNotice =
  /** `invitation_declined`: to who invited. */
  | {
      readonly kind: 'invitation' | 'invitation_declined';
      readonly invitationId: InvitationId;
      readonly occasion: string;
    }
  | (AboutMember & { readonly kind: 'role_changed'; readonly role: GivableRole })
  | (AboutMember & { readonly kind: 'member_removed' })
  /** `otherId`: who had the ownership before, or has it now. */
  | (AboutMember & { readonly kind: 'ownership_received' | 'ownership_given'; readonly otherId: UserId });
type AboutMember = {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly occasion: string;
};

/** What somebody who waits is told about an offer. Everything else is read from the offer when it is sent. */
export type WaitlistNotice = {
  readonly kind:
    | 'waitlist_offer'
    | 'waitlist_assigned'
    | 'waitlist_offer_expired'
    | 'waitlist_offer_withdrawn';
  readonly offerId: OfferId;
};

/** An organizer took an entry off a waitlist. */
export type RemovalNotice = { readonly kind: 'waitlist_removed'; readonly entryId: WaitlistEntryId };

/** What the owner of an organization is told about its money. Who that is, is looked up when it is sent. */
export type OrganizerNotice = {
  readonly organizationId: OrganizationId;
  /** The provider's id of the dispute. */
  readonly disputeId: string;
  readonly amount: Money;
  /** The bank's reason, in the provider's words. */
  readonly reason: string;
  readonly reference: string;
  readonly eventTitle: string;
} & (
  | { readonly kind: 'dispute_opened'; readonly answerBy: Date | null; readonly taken: boolean }
  | { readonly kind: 'dispute_won' | 'dispute_lost' }
);

export const isOrganizerNotice = (
  notice: AccountNotice | TeamNotice | OrganizerNotice,
): notice is OrganizerNotice => 'disputeId' in notice;

/** What sender and receiver of a ticket are told. Tokens are minted while the letter is sent, and all else is read then. */
export type TransferNotice =
  /** To the receiver. `occasion` counts the letters of a transfer. */
  | { readonly kind: 'transfer_offered'; readonly transferId: TransferId; readonly occasion: string }
  | { readonly kind: TransferNews; readonly transferId: TransferId };

/** To the receiver: that it is theirs, or not to be had any more. */
export const RECEIVER_NEWS = ['transfer_received', 'transfer_withdrawn'] as const;
/** To the sender: what they did, and what became of it. */
export const SENDER_NEWS = [
  'transfer_started',
  'transfer_accepted',
  'transfer_declined',
  'transfer_taken_back',
  'transfer_expired',
] as const;
export type TransferNews = (typeof RECEIVER_NEWS)[number] | (typeof SENDER_NEWS)[number];

export type Notice =
  | BookingNotice
  | AccountNotice
  | TeamNotice
  | OrganizerNotice
  | TransferNotice
  | WaitlistNotice
  | RemovalNotice;

export const isTeamNotice = (notice: AccountNotice | TeamNotice): notice is TeamNotice =>
  'invitationId' in notice || 'organizationId' in notice;

/** What a notice is about: it is told once per kind, subject and channel. */
export const subjectOf = (notice: Notice): string => {
  if ('transferId' in notice)
    return 'occasion' in notice ? `${notice.transferId}/${notice.occasion}` : notice.transferId;
  if ('invitationId' in notice) return `${notice.invitationId}/${notice.occasion}`;
  if ('offerId' in notice) return notice.offerId;
  if ('entryId' in notice) return notice.entryId;
  if ('disputeId' in notice) return notice.disputeId;
  if ('changeId' in notice) return [notice.bookingId, notice.changeId, ...holderIn(notice)].join('/');
  if (notice.kind === 'event_cancelled') return [notice.bookingId, ...holderIn(notice)].join('/');
  if ('userId' in notice) return `${notice.userId}/${notice.occasion}`;
  if (notice.kind === 'booking_resent') return `${notice.bookingId}/${notice.number}`;
  if (notice.kind === 'address_corrected') return notice.correctionId;
  if (notice.kind === 'tickets_cancelled') return `${notice.bookingId}/${notice.revision}`;
  if (notice.kind === 'held_tickets_cancelled')
    return `${notice.bookingId}/${notice.revision}/${notice.holderId}`;
  return 'refundId' in notice ? notice.refundId : notice.bookingId;
};

const holderIn = ({ holderId }: { readonly holderId?: UserId }): readonly UserId[] =>
  holderId === undefined ? [] : [holderId];

export type Notification = {
  readonly id: NotificationId;
  readonly channel: Channel;
  readonly notice: Notice;
  readonly status: NotificationStatus;
  /** Times that the provider was asked. */
  readonly attempts: number;
  /** The provider's message id, once it accepted. */
  readonly providerId: string | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

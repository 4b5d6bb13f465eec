import type { AccountNotice } from './account-notice.ts';
import type { BookingNotice } from './booking-notice.ts';
import type { OrganizerNotice } from './organizer-notice.ts';
import type { TeamNotice } from './team-notice.ts';
import type { TransferNotice } from './transfer-notice.ts';
import type { WaitlistNotice } from './waitlist-notice.ts';

type Audiences = {
  /** Who bought, or whom a ticket of the booking was passed on to. */
  readonly booking: BookingNotice;
  readonly account: AccountNotice;
  readonly team: TeamNotice;
  readonly organizer: OrganizerNotice;
  readonly transfer: TransferNotice;
  readonly waitlist: WaitlistNotice;
};
export type Audience = keyof Audiences;

export type Notice = Audiences[Audience];
export type NoticeKind = Notice['kind'];

/** Whom each kind is for, which decides what is read for it and how it is sent. A kind without a line does not compile. */
const AUDIENCES: { readonly [A in Audience as Audiences[A]['kind']]: A } = {
  booking_confirmed: 'booking',
  payment_expired: 'booking',
  late_payment_rebooked: 'booking',
  late_payment_moved: 'booking',
  late_payment_refunded: 'booking',
  booking_resent: 'booking',
  address_corrected: 'booking',
  tickets_cancelled: 'booking',
  held_tickets_cancelled: 'booking',
  event_cancelled: 'booking',
  event_postponed: 'booking',
  event_moved: 'booking',
  refund_sent: 'booking',
  refund_failed: 'booking',
  verify_email: 'account',
  reset_password: 'account',
  password_changed: 'account',
  account_suspended: 'account',
  account_reinstated: 'account',
  invitation: 'team',
  role_changed: 'team',
  member_removed: 'team',
  ownership_received: 'team',
  ownership_given: 'team',
  dispute_opened: 'organizer',
  dispute_won: 'organizer',
  dispute_lost: 'organizer',
  transfer_offered: 'transfer',
  transfer_received: 'transfer',
  transfer_withdrawn: 'transfer',
  transfer_started: 'transfer',
  transfer_accepted: 'transfer',
  transfer_declined: 'transfer',
  transfer_taken_back: 'transfer',
  transfer_expired: 'transfer',
  waitlist_offer: 'waitlist',
  waitlist_assigned: 'waitlist',
  waitlist_offer_expired: 'waitlist',
  waitlist_offer_withdrawn: 'waitlist',
  waitlist_removed: 'waitlist',
};

/** Every kind of notice there is. */
export const NOTICE_KINDS = Object.keys(AUDIENCES) as readonly NoticeKind[];

/** Whether a notice is for them. */
export const isFor = <A extends Audience>(audience: A, notice: Notice): notice is Audiences[A] =>
  AUDIENCES[notice.kind] === audience;

import { CANCELLERS } from '@eventhorizon/core/bookings/cancellation';
import { REQUESTERS } from '@eventhorizon/core/notifications/email-correction';
import { RECEIVER_NEWS, SENDER_NEWS } from '@eventhorizon/core/notifications/notices/transfer-notice';
import { GIVABLE_ROLES } from '@eventhorizon/core/organizations/capabilities';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { moneySchema } from '@eventhorizon/core/shared/money';
import { z } from 'zod';

const bookingId = idSchema('bkg');
const aboutMember = { organizationId: idSchema('org'), userId: idSchema('usr'), occasion: z.string() };
const dispute = {
  organizationId: idSchema('org'),
  disputeId: z.string(),
  amount: moneySchema,
  reason: z.string(),
  reference: z.string(),
  eventTitle: z.string(),
};
const change = {
  bookingId,
  changeId: idSchema('chg'),
  reason: z.string().nullable(),
  refundUntil: z.date(),
  holderId: idSchema('usr').optional(),
};

/** A notice as it is stored: what a notification tells, by kind. */
export const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['booking_confirmed', 'payment_expired', 'late_payment_rebooked']), bookingId }),
  z.object({ kind: z.literal('late_payment_moved'), bookingId, before: z.array(z.string()) }),
  z.object({
    kind: z.literal('late_payment_refunded'),
    bookingId,
    amount: moneySchema,
    reason: z.enum(['units_gone', 'event_over', 'event_cancelled', 'booking_cancelled']),
  }),
  z.object({
    kind: z.literal('booking_resent'),
    bookingId,
    number: z.int().positive(),
    by: z.enum(REQUESTERS),
  }),
  z.object({
    kind: z.literal('address_corrected'),
    bookingId,
    correctionId: idSchema('ntf'),
    masked: z.string(),
  }),
  z.object({
    kind: z.literal('event_cancelled'),
    bookingId,
    reason: z.string(),
    comesBack: z.object({ amount: moneySchema, byHand: z.boolean() }).nullable(),
    unpaid: z.boolean(),
    holderId: idSchema('usr').optional(),
  }),
  z.object({ kind: z.literal('event_postponed'), ...change }),
  z.object({
    kind: z.literal('event_moved'),
    ...change,
    before: z.object({ local: z.string(), zone: z.string() }),
  }),
  z.object({
    kind: z.literal('held_tickets_cancelled'),
    bookingId,
    revision: z.int(),
    holderId: idSchema('usr'),
    by: z.enum(CANCELLERS),
    labels: z.array(z.string()),
    message: z.string().optional(),
  }),
  z.object({
    kind: z.literal('tickets_cancelled'),
    bookingId,
    revision: z.int(),
    by: z.enum(CANCELLERS),
    labels: z.array(z.string()),
    whole: z.boolean(),
    message: z.string().optional(),
    refund: z.object({ amount: moneySchema, byHand: z.boolean() }).nullable(),
  }),
  z.object({
    kind: z.enum(['refund_sent', 'refund_failed']),
    bookingId,
    refundId: idSchema('rfd'),
    amount: moneySchema,
  }),
  z.object({
    kind: z.enum([
      'verify_email',
      'change_email',
      'email_change_asked',
      'reset_password',
      'password_changed',
      'account_suspended',
      'account_reinstated',
    ]),
    userId: idSchema('usr'),
    occasion: z.string(),
  }),
  z.object({
    kind: z.literal('email_changed'),
    userId: idSchema('usr'),
    occasion: z.string(),
    to: z.string(),
    masked: z.string(),
  }),
  z.object({
    kind: z.enum([
      'waitlist_offer',
      'waitlist_assigned',
      'waitlist_offer_expired',
      'waitlist_offer_withdrawn',
    ]),
    offerId: idSchema('ofr'),
  }),
  z.object({ kind: z.literal('waitlist_removed'), entryId: idSchema('wle') }),
  z.object({ kind: z.literal('transfer_offered'), transferId: idSchema('trf'), occasion: z.string() }),
  z.object({ kind: z.enum([...RECEIVER_NEWS, ...SENDER_NEWS]), transferId: idSchema('trf') }),
  z.object({
    kind: z.enum(['invitation', 'invitation_declined']),
    invitationId: idSchema('inv'),
    occasion: z.string(),
  }),
  z.object({ kind: z.literal('role_changed'), ...aboutMember, role: z.enum(GIVABLE_ROLES) }),
  z.object({ kind: z.literal('member_removed'), ...aboutMember }),
  z.object({
    kind: z.literal('dispute_opened'),
    ...dispute,
    answerBy: z.date().nullable(),
    taken: z.boolean(),
  }),
  z.object({ kind: z.enum(['dispute_won', 'dispute_lost']), ...dispute }),
  z.object({
    kind: z.enum(['ownership_received', 'ownership_given']),
    ...aboutMember,
    otherId: idSchema('usr'),
  }),
]);

import type { BookingId, EventId, Id, OrganizationId, UserId } from '../shared/ids.ts';

export type IncidentId = Id<'inc'>;

/**
 * What needs a person. `payment_mismatch`: the money is not what the booking costs; nothing is confirmed or freed until an
 * organizer decides. `money_unexpected`: money on an intent that is not the booking's. `refund_failed`: the provider could
 * not send money back. `refund_foreign`: somebody refunded at the provider, past this system, more than was refundable here. `intent_rejected`: the
 * provider refuses to collect. `refund_by_hand`: money that was taken outside the provider has to be given back by a person.
 * `late_money`: money came after the end of its booking, and was settled without asking. `payment_stuck`: a bank has not decided for
 * long, and units wait for it. `payment_disputed`: the buyer's bank asks about the money or has taken it back. `dispute_lost`: it will not
 * come back. `give_up_failed`: a booking of a cancelled event could not be ended or its money not be sent back.
 */
export const INCIDENT_KINDS = [
  'payment_mismatch',
  'money_unexpected',
  'refund_failed',
  'refund_foreign',
  'intent_rejected',
  'refund_by_hand',
  'late_money',
  'payment_stuck',
  'payment_disputed',
  'dispute_lost',
  'give_up_failed',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Whether money waits for a decision. */
export const needsDecision = (kind: IncidentKind): boolean => kind === 'payment_mismatch';

/** Whether money is owed, until somebody has given it back. All other kinds only want to be read, and closed with a note. */
export const needsPayBack = (kind: IncidentKind): boolean => kind === 'refund_by_hand';

export type Incident = {
  readonly id: IncidentId;
  /** What the incident is about: the same thing is reported once. */
  readonly key: string;
  readonly kind: IncidentKind;
  readonly organizationId: OrganizationId;
  readonly eventId: EventId;
  readonly bookingId: BookingId;
  /** Facts for a person; never secrets or personal data. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  /** `confirm` or `refund` of a decision; else what an organizer noted, or what settled it. null while open. */
  readonly resolution: string | null;
  /** Who closed it; absent while open, and where it settled itself. */
  readonly resolvedBy?: UserId;
};

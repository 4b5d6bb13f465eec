import type { Incident, IncidentKind } from './incident.ts';

/** `decide`: confirm or refund (resolveMismatch). `pay_back`: give the money back and say so. `acknowledge`: close it with a note. */
export type NextStep = {
  readonly action: 'decide' | 'pay_back' | 'acknowledge';
  /** What to do, in a sentence or two for an organizer. */
  readonly text: string;
};

/** An incident as an organizer sees it. */
export type IncidentView = Incident & { readonly next: NextStep };

const acknowledge = (text: string): NextStep => ({ action: 'acknowledge', text });

/** What to do about each kind. */
export const NEXT_STEPS: Readonly<Record<IncidentKind, NextStep>> = {
  payment_mismatch: {
    action: 'decide',
    text: 'The money is not what the booking costs. Confirm the booking with what came, or send the money back.',
  },
  refund_by_hand: {
    action: 'pay_back',
    text: 'This money was taken outside the payment provider. Give it back to the customer, then record that it was paid back.',
  },
  money_unexpected: acknowledge(
    'Money came that belongs to no open payment of this booking. Look for it at the payment provider, send it back there, then close this with a note.',
  ),
  refund_failed: acknowledge(
    'The bank did not take the refund. Refund the payment again, or agree on another way with the buyer; then close this with a note.',
  ),
  refund_foreign: acknowledge(
    'Somebody refunded at the payment provider. Make sure that it was one of you, and whether the tickets should be cancelled; then close this with a note.',
  ),
  intent_rejected: acknowledge(
    'The payment provider refuses to collect this money. Look at its message, put the account or the price right, then close this with a note.',
  ),
  late_money: acknowledge(
    'Money came after the time to pay and was settled: the buyer has the same places, others, or the money back, and was told. Read how, then close this with a note.',
  ),
  payment_stuck: acknowledge(
    'The bank has not decided about this payment, and its places wait. Wait on, or free them by force; money that comes afterwards is settled as late money.',
  ),
  payment_disputed: acknowledge(
    'The buyer’s bank disputes this payment. Answer it at the payment provider in time; the tickets stay valid until you cancel them.',
  ),
  dispute_lost: acknowledge(
    'The dispute is lost and the money is gone. Decide whether the tickets of this booking should be cancelled, then close this with a note.',
  ),
  give_up_failed: acknowledge(
    'This booking of a cancelled event could not be ended or refunded. Look at the reason, refund it by itself, then close this with a note.',
  ),
};

export const withNextStep = (incident: Incident): IncidentView => ({
  ...incident,
  next: NEXT_STEPS[incident.kind],
});

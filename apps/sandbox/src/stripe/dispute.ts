import type Stripe from 'stripe';
import { randomId } from '../shared/random-id.ts';
import { invalidRequest, missing } from './api-error.ts';
import type { StripeBackend } from './backend.ts';

/** Banks hear a merchant for 7 to 21 days (docs.stripe.com/disputes/how-disputes-work). */
const ANSWER_WITHIN_S = 9 * 86_400;

/** While a bank has taken a charge's money back Stripe refunds none of it; an inquiry leaves it refundable. */
export const isWithheld = ({ state }: StripeBackend, chargeId: string): boolean =>
  state.disputes
    .newest()
    .some(({ charge, is_charge_refundable }) => charge === chargeId && !is_charge_refundable);

export type NewDispute = {
  /** null: all of the charge. */
  readonly amount: number | null;
  readonly reason: string;
  /** The bank only asks, and takes nothing. */
  readonly inquiry: boolean;
};

/** The buyer goes to their bank about a payment. */
export const openDispute = (
  backend: StripeBackend,
  intent: Stripe.PaymentIntent,
  { amount, reason, inquiry }: NewDispute,
): Stripe.Dispute => {
  const { state, emit, nowSeconds } = backend;
  const charge =
    typeof intent.latest_charge === 'string' ? state.charges.get(intent.latest_charge) : undefined;
  if (intent.status !== 'succeeded' || charge === undefined)
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to dispute.`);
  if (amount !== null && amount > charge.amount)
    throw invalidRequest('A dispute cannot be about more than the charge.', { param: 'amount' });
  const created = nowSeconds();
  const dispute: Stripe.Dispute = {
    id: randomId('du_'),
    object: 'dispute',
    amount: amount ?? charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    // Nobody answers here, so there is no evidence; its fields are all optional to readers.
    evidence: {} as Stripe.Dispute.Evidence,
    evidence_details: {
      due_by: created + ANSWER_WITHIN_S,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: intent.id,
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  state.disputes.set(dispute.id, dispute);
  state.charges.set(charge.id, { ...charge, disputed: true });
  emit('charge.dispute.created', dispute, null);
  if (!inquiry) emit('charge.dispute.funds_withdrawn', dispute, null);
  return dispute;
};

const CLOSED = ['won', 'lost', 'warning_closed'];

/** `escalated`: an inquiry becomes a chargeback. `won` of an inquiry: the bank lets it rest. */
export const moveDispute = (
  { state, emit }: StripeBackend,
  disputeId: string,
  to: 'escalated' | 'won' | 'lost',
): Stripe.Dispute => {
  const dispute = state.disputes.get(disputeId);
  if (dispute === undefined) throw missing('dispute', disputeId);
  const inquiry = dispute.status.startsWith('warning_');
  if (CLOSED.includes(dispute.status) || ((to === 'escalated') !== inquiry && to !== 'won'))
    throw invalidRequest(`This dispute is ${dispute.status}; it cannot be ${to}.`);
  const next: Stripe.Dispute = {
    ...dispute,
    status: to === 'escalated' ? 'needs_response' : to === 'won' && inquiry ? 'warning_closed' : to,
    is_charge_refundable: to === 'won',
  };
  state.disputes.set(next.id, next);
  if (to === 'escalated') {
    emit('charge.dispute.updated', next, null);
    emit('charge.dispute.funds_withdrawn', next, null);
    return next;
  }
  if (to === 'won' && !inquiry) emit('charge.dispute.funds_reinstated', next, null);
  emit('charge.dispute.closed', next, null);
  return next;
};

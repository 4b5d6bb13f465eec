import type { ProviderDispute } from '@eventhorizon/core/payments/dispute';
import type Stripe from 'stripe';
import { fromStripeAmount } from './stripe-currency.ts';
import { idOf, known } from './stripe-intent.ts';

/** docs.stripe.com/api/disputes/object: `warning_*` are inquiries, which take no money; `prevented` ones were settled before they took any. */
const STATUSES: Readonly<Record<string, ProviderDispute['status']>> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'won',
  needs_response: 'open',
  under_review: 'open',
  appeal_needs_response: 'open',
  appeal_under_review: 'open',
  prevented: 'won',
  won: 'won',
  lost: 'lost',
};

/** A dispute in our words. Throws RangeError on what is not known here. */
export const toProviderDispute = (dispute: Stripe.Dispute): ProviderDispute => {
  const dueBy = dispute.evidence_details?.due_by ?? null;
  return {
    id: dispute.id,
    intentId: idOf(dispute.payment_intent),
    status: known(STATUSES, dispute.status, dispute.id),
    amount: fromStripeAmount(dispute.amount, dispute.currency),
    reason: dispute.reason,
    answerBy: dueBy === null ? null : new Date(dueBy * 1_000),
  };
};

import type Stripe from 'stripe';
import { randomId } from '../shared/random-id.ts';
import type { Decline, TestMethod } from './test-payment-methods.ts';

/** An attempt to take an intent's money. `pending`: a bank decides. */
export const newCharge = (
  intent: Stripe.PaymentIntent,
  method: TestMethod,
  result: 'succeeded' | 'pending' | Decline,
  created: number,
): Stripe.Charge => {
  const decline = typeof result === 'string' ? null : result;
  const succeeded = result === 'succeeded';
  return {
    id: randomId(method.type === 'card' ? 'ch_' : 'py_'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: succeeded ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: succeeded ? randomId('txn_') : null,
    billing_details: { address: null, email: intent.receipt_email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'EVENTHORIZON SANDBOX',
    captured: decline === null,
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: decline === null ? null : '05',
      network_status: decline === null ? 'approved_by_network' : 'declined_by_network',
      reason: decline?.declineCode ?? decline?.code ?? null,
      seller_message:
        decline === null
          ? 'Payment complete.'
          : 'The bank did not return any further details with this decline.',
      type: decline === null ? 'authorized' : 'issuer_declined',
    },
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: typeof intent.payment_method === 'string' ? intent.payment_method : null,
    payment_method_details: null,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: succeeded ? 'succeeded' : decline === null ? 'pending' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
};

import type Stripe from 'stripe';
import { randomId } from '../shared/random-id.ts';

export type NewIntent = {
  readonly amount: number;
  readonly currency: string;
  readonly automatic: {
    readonly enabled: boolean;
    readonly allow_redirects?: 'always' | 'never' | undefined;
  } | null;
  readonly methodTypes: readonly string[] | null;
  readonly description: string | null;
  readonly receiptEmail: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
};

/** A payment intent as Stripe creates it: nothing paid, no payment method yet. */
export const newIntent = (given: NewIntent): Stripe.PaymentIntent => {
  const id = randomId('pi_');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods:
      given.automatic === null
        ? null
        : { enabled: given.automatic.enabled, allow_redirects: given.automatic.allow_redirects ?? 'always' },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomId('', 25)}`,
    confirmation_method: 'automatic',
    created: given.created,
    currency: given.currency.toLowerCase(),
    customer: null,
    customer_account: null,
    description: given.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...given.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: given.methodTypes === null ? ['card', 'us_bank_account'] : [...given.methodTypes],
    payment_record: null,
    processing: null,
    receipt_email: given.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
};

import type Stripe from 'stripe';
import type { SandboxEmail } from '../sendgrid/email.ts';
import type { BoundedMap } from '../shared/bounded-map.ts';
import type { ActiveFault, FaultRule, Faults } from '../shared/faults.ts';
import { invalidRequest, missing } from '../stripe/api-error.ts';
import { authenticateIntent } from '../stripe/authenticate-intent.ts';
import type { RefundFate, StripeBackend } from '../stripe/backend.ts';
import { confirmIntent } from '../stripe/confirm-intent.ts';
import { createRefund } from '../stripe/create-refund.ts';
import { moveDispute, type NewDispute, openDispute } from '../stripe/dispute.ts';
import { BANK_REFUSED, settleIntent } from '../stripe/settle-intent.ts';
import { settleRefund } from '../stripe/settle-refund.ts';
import type { SandboxSms } from '../twilio/twilio-routes.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';

/** Everything a test or a person can do to the sandbox besides calling it as a client; the same over HTTP at /_control. */
export type Control = {
  /** Makes chosen calls fail; see FAULT_MODES. */
  readonly fail: (rule: FaultRule) => ActiveFault;
  readonly faults: () => readonly ActiveFault[];
  readonly clearFaults: () => void;
  /** Lets the calls go on that `hold` keeps waiting. */
  readonly releaseCalls: () => void;
  readonly heldCalls: () => number;
  readonly webhooks: Omit<WebhookSender, 'publish' | 'stop' | 'clear'>;
  /** Pays as the buyer's browser would. A decline is no error here: the intent comes back open, with `last_payment_error`. */
  readonly pay: (intentId: string, paymentMethod?: string) => Stripe.PaymentIntent;
  /** The buyer's answer on the 3-D Secure page. */
  readonly authenticate: (intentId: string, answer: 'complete' | 'fail') => Stripe.PaymentIntent;
  /** The bank's answer about an intent in `processing`. */
  readonly settle: (intentId: string, result: 'succeeded' | 'failed') => Stripe.PaymentIntent;
  /** How the next refunds go, in this order. */
  readonly nextRefunds: (...fates: RefundFate[]) => void;
  readonly settleRefund: (refundId: string, result: 'succeeded' | 'failed') => Stripe.Refund;
  /** Refunds as an organizer would in Stripe's dashboard: not asked for by the project. */
  readonly refundByHand: (intentId: string, amount: number | null) => Stripe.Refund;
  /** The buyer goes to their bank about a payment. */
  readonly dispute: (intentId: string, given: NewDispute) => Stripe.Dispute;
  readonly moveDispute: (disputeId: string, to: 'escalated' | 'won' | 'lost') => Stripe.Dispute;
  /** All newest first. */
  readonly intents: () => Stripe.PaymentIntent[];
  readonly intent: (id: string) => Stripe.PaymentIntent | null;
  readonly refunds: () => Stripe.Refund[];
  readonly disputes: () => Stripe.Dispute[];
  readonly emails: () => SandboxEmail[];
  readonly email: (id: string) => SandboxEmail | null;
  readonly sms: () => SandboxSms[];
  readonly deliveries: (limit?: number) => Delivery[];
  /** Forgets objects, messages, rules and what is on its way. Idempotency keys stay. */
  readonly reset: () => void;
};

export type ControlDeps = {
  readonly backend: StripeBackend;
  readonly faults: Faults;
  readonly webhooks: WebhookSender;
  readonly emails: BoundedMap<SandboxEmail>;
  readonly messages: BoundedMap<SandboxSms>;
  readonly clearTimers: () => void;
};

export const createControl = ({
  backend,
  faults,
  webhooks,
  emails,
  messages,
  clearTimers,
}: ControlDeps): Control => {
  const { state, refundFates } = backend;
  const known = (id: string): Stripe.PaymentIntent => {
    const intent = state.intents.get(id);
    if (intent === undefined) throw missing('payment_intent', id);
    return intent;
  };
  return {
    fail: faults.add,
    faults: faults.list,
    clearFaults: faults.clear,
    releaseCalls: faults.release,
    heldCalls: faults.heldCount,
    webhooks,
    pay: (intentId, paymentMethod = 'pm_card_visa') => {
      try {
        return confirmIntent(backend, known(intentId), { paymentMethod, returnUrl: null }, null);
      } catch (error) {
        const after = known(intentId);
        // A decline leaves the intent open with the reason in it; anything else is a misuse and is thrown.
        if (after.last_payment_error !== null && after.status === 'requires_payment_method') return after;
        throw error;
      }
    },
    authenticate: (intentId, answer) => authenticateIntent(backend, intentId, answer),
    settle: (intentId, result) =>
      settleIntent(backend, intentId, result === 'succeeded' ? result : BANK_REFUSED),
    nextRefunds: (...fates) => {
      refundFates.push(...fates);
    },
    settleRefund: (refundId, result) => settleRefund(backend, refundId, result),
    refundByHand: (intentId, amount) => {
      if (amount !== null && amount < 1)
        throw invalidRequest('Invalid positive integer', { param: 'amount' });
      return createRefund(backend, known(intentId), { amount, reason: null, metadata: {} }, null);
    },
    dispute: (intentId, given) => openDispute(backend, known(intentId), given),
    moveDispute: (disputeId, to) => moveDispute(backend, disputeId, to),
    intents: () => state.intents.newest(),
    intent: (id) => state.intents.get(id) ?? null,
    refunds: () => state.refunds.newest(),
    disputes: () => state.disputes.newest(),
    emails: () => emails.newest(),
    email: (id) => emails.get(id) ?? null,
    sms: () => messages.newest(),
    deliveries: webhooks.deliveries,
    reset: () => {
      clearTimers();
      faults.clear();
      faults.release();
      webhooks.clear();
      refundFates.length = 0;
      for (const map of [...Object.values(state), emails, messages]) map.clear();
    },
  };
};

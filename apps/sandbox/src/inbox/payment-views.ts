import { html } from 'hono/html';
import type Stripe from 'stripe';
import type { Control } from '../control/control.ts';
import { action, amountText, clockTime, empty, type Markup, SHOWN, statusTag } from './page.ts';

const METHODS: readonly (readonly [label: string, method: string])[] = [
  ['Pay', 'pm_card_visa'],
  ['Decline', 'pm_card_chargeDeclined'],
  ['No funds', 'pm_card_chargeDeclinedInsufficientFunds'],
  ['3-D Secure', 'pm_card_threeDSecure2Required'],
  ['Bank debit', 'pm_usBankAccount_processing'],
];

const buttons = (intent: Stripe.PaymentIntent): Markup => {
  const to = `/payments/${intent.id}`;
  switch (intent.status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
      return html`${METHODS.map(([label, method], index) => action(`${to}/pay`, label, { method }, index === 0))}`;
    case 'requires_action':
      return html`${action(`${to}/authenticate`, 'Complete authentication', { answer: 'complete' }, true)}${action(`${to}/authenticate`, 'Fail it', { answer: 'fail' })}`;
    case 'processing':
      return html`${action(`${to}/settle`, 'Money arrives', { result: 'succeeded' }, true)}${action(`${to}/settle`, 'Bank refuses', { result: 'failed' })}`;
    case 'succeeded':
      return html`${action(`${to}/refund`, 'Refund what is left', {})}${action(`${to}/refund`, 'Refund half', { amount: String(Math.ceil(intent.amount_received / 2)) })}${action(`${to}/dispute`, 'Dispute', {})}${action(`${to}/inquire`, 'Inquiry', {})}`;
    default:
      return html``;
  }
};

const payment = (intent: Stripe.PaymentIntent): Markup => html`<section class="card">
<div class="row"><div class="lead"><div class="amount">${amountText(intent.amount, intent.currency)}</div>${statusTag(intent.status)}</div>
<div class="grow"><div>${intent.description ?? 'No description'}</div><div class="soft">${clockTime(intent.created * 1_000)} · <span class="mono">${intent.id}</span>${intent.metadata.bookingId === undefined ? '' : html` · <span class="mono">${intent.metadata.bookingId}</span>`}</div>
${intent.last_payment_error === null ? '' : html`<div class="soft">Last attempt: ${intent.last_payment_error.message ?? ''} (${intent.last_payment_error.decline_code ?? intent.last_payment_error.code ?? ''})</div>`}</div>
<div class="actions">${buttons(intent)}</div></div></section>`;

export const paymentsView = (control: Control): Markup => {
  const intents = control.intents().slice(0, SHOWN);
  if (intents.length === 0) return empty('No payments yet. They appear when somebody checks out.');
  return html`${intents.map(payment)}`;
};

const refund = (each: Stripe.Refund): Markup => html`<section class="card"><div class="row">
<div class="lead"><div class="amount">${amountText(each.amount, each.currency)}</div>${statusTag(each.status ?? 'unknown')}</div>
<div class="grow"><div class="mono">${each.id}</div><div class="soft">${clockTime(each.created * 1_000)} · of <span class="mono">${String(each.payment_intent)}</span>${each.failure_reason === undefined ? '' : html` · ${each.failure_reason}`}</div></div>
<div class="actions">${each.status === 'pending' ? action(`/refunds/${each.id}/settle`, 'Settle', { result: 'succeeded' }, true) : ''}${each.status === 'pending' || each.status === 'succeeded' ? action(`/refunds/${each.id}/settle`, 'Fail', { result: 'failed' }) : ''}</div></div></section>`;

export const refundsView = (control: Control): Markup => {
  const refunds = control.refunds().slice(0, SHOWN);
  return html`<section class="card"><div class="row"><div class="grow soft">How the next refund goes that is asked for; others go through at once.</div>
<div class="actions">${action('/refunds/next', 'Stays pending', { fate: 'pending' })}${action('/refunds/next', 'Fails later', { fate: 'fails_later' })}</div></div></section>
${refunds.length === 0 ? empty('No refunds yet.') : refunds.map(refund)}`;
};

const disputeButtons = ({ id, status }: Stripe.Dispute): Markup => {
  const to = `/disputes/${id}/move`;
  if (status.startsWith('warning_') && status !== 'warning_closed')
    return html`${action(to, 'Close it', { to: 'won' }, true)}${action(to, 'Take the money', { to: 'escalated' })}`;
  return status.endsWith('_response') || status.endsWith('_review')
    ? html`${action(to, 'Won', { to: 'won' }, true)}${action(to, 'Lost', { to: 'lost' })}`
    : html``;
};

const dispute = (each: Stripe.Dispute): Markup => html`<section class="card"><div class="row">
<div class="lead"><div class="amount">${amountText(each.amount, each.currency)}</div>${statusTag(each.status)}</div>
<div class="grow"><div class="mono">${each.id}</div><div class="soft">${clockTime(each.created * 1_000)} · of <span class="mono">${String(each.payment_intent)}</span> · ${each.reason}</div></div>
<div class="actions">${disputeButtons(each)}</div></div></section>`;

export const disputesView = (control: Control): Markup => {
  const disputes = control.disputes().slice(0, SHOWN);
  if (disputes.length === 0)
    return empty('No disputes. Press “Dispute” beside a payment to play a buyer’s bank.');
  return html`${disputes.map(dispute)}`;
};

/** The page that a 3-D Secure redirect leads to. */
export const authenticationView = (
  intent: Stripe.PaymentIntent,
): Markup => html`<main><section class="card narrow">
<p class="soft">3-D Secure test page of the bank</p><p class="amount">${amountText(intent.amount, intent.currency)}</p>
<p>${intent.description ?? ''}</p>${
  intent.status === 'requires_action'
    ? html`<p>Is it you who is paying?</p><div class="actions">${action(`/3ds/${intent.id}`, 'Complete', { answer: 'complete', client_secret: intent.client_secret ?? '' }, true)}${action(`/3ds/${intent.id}`, 'Fail', { answer: 'fail', client_secret: intent.client_secret ?? '' })}</div>`
    : html`<p>${statusTag(intent.status)}</p><p class="soft">Nothing to confirm any more. You can close this page.</p>`
}</section></main>`;

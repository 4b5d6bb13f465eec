import { html } from 'hono/html';
import type { Control } from '../control/control.ts';
import type { SandboxOptions } from '../options.ts';
import { FAULT_MODES } from '../shared/faults.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import { action, clockTime, empty, type Markup, SHOWN, statusTag } from './page.ts';

const attempts = (delivery: Delivery): Markup =>
  html`<table><tr><th>At</th><th>Answer</th><th>Took</th></tr>${delivery.attempts.map(
    (each) =>
      html`<tr><td>${clockTime(each.at)}</td><td>${each.status ?? each.error ?? ''}</td><td>${each.durationMs} ms</td></tr>`,
  )}</table>`;

const delivery = (
  each: Delivery,
): Markup => html`<section class="card"><div class="row"><div class="grow"><strong>${each.event.type}</strong>${each.copy > 1 ? html` <span class="tag">copy ${each.copy}</span>` : ''}
<div class="soft"><span class="mono">${each.event.id}</span> · ${clockTime(each.event.created * 1_000)}</div>
${each.attempts.length === 0 ? '' : html`<details><summary class="soft">${each.attempts.length} ${each.attempts.length === 1 ? 'attempt' : 'attempts'}</summary>${attempts(each)}</details>`}</div>${statusTag(each.status)}
${action(`/events/${each.event.id}/resend`, 'Send again', {})}</div></section>`;

export const webhooksView = (control: Control): Markup => {
  const deliveries = control.deliveries(SHOWN);
  const url = control.webhooks.rules().url;
  return html`<p class="soft">Endpoint: ${url === null ? 'none' : html`<span class="mono">${url}</span>`}</p>${
    deliveries.length === 0 ? empty('No webhooks yet.') : deliveries.map(delivery)
  }`;
};

const EXAMPLES: readonly (readonly [what: string, method: string, path: string, body: object])[] = [
  [
    'Time out the next two intent creations, after they are done',
    'POST',
    'faults',
    { calls: 'stripe.payment_intents.create', mode: 'timeout_after', next: 2 },
  ],
  [
    'Answer 429 to half of all e-mails',
    'POST',
    'faults',
    { calls: 'sendgrid.mail.send', mode: 'limited', rate: 0.5 },
  ],
  ['Send each webhook three times, two seconds late', 'PATCH', 'webhooks', { copies: 3, delayMs: 2_000 }],
  ['Lose the next webhook', 'PATCH', 'webhooks', { dropNext: 1 }],
  ['Keep webhooks back …', 'POST', 'webhooks/hold', {}],
  ['… and send them in another order', 'POST', 'webhooks/release', { order: 'newest_first' }],
  ['Let the next refund fail later', 'POST', 'refunds/next', { fates: ['fails_later'] }],
];

export const switchesView = (control: Control, { publicUrl }: SandboxOptions): Markup => {
  const rules = control.faults();
  return html`<section class="card"><h2 style="margin:0 0 8px;font-size:16px">Now</h2>
<p class="soft">Webhooks: <span class="mono">${JSON.stringify(control.webhooks.rules())}</span></p>
${rules.length === 0 ? html`<p class="soft">No call is made to fail.</p>` : html`<table><tr><th>Calls</th><th>Mode</th><th>Next</th><th>Rate</th><th>Hits</th></tr>${rules.map((rule) => html`<tr><td class="mono">${rule.calls}</td><td>${rule.mode}</td><td>${rule.next ?? '–'}</td><td>${rule.rate ?? '–'}</td><td>${rule.hits}</td></tr>`)}</table>${action('/faults/clear', 'Clear', {})}`}</section>
<section class="card"><h2 style="margin:0 0 8px;font-size:16px">How calls can fail</h2><table>${Object.entries(FAULT_MODES).map(([mode, meaning]) => html`<tr><td class="mono">${mode}</td><td>${meaning}</td></tr>`)}</table></section>
<section class="card"><h2 style="margin:0 0 8px;font-size:16px">From a shell</h2>${EXAMPLES.map(
    ([what, method, path, body]) =>
      html`<p style="margin:10px 0 2px">${what}</p><pre>curl -X ${method} ${publicUrl}/_control/${path} -H 'content-type: application/json' -d '${JSON.stringify(body)}'</pre>`,
  )}</section>`;
};

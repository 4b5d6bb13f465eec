import { html } from 'hono/html';
import type { Control } from '../control/control.ts';
import { styles } from './styles.ts';

/** Escaped markup, ready to be put in other markup. */
export type Markup = ReturnType<typeof html>;

export const VIEWS = {
  payments: 'Payments',
  refunds: 'Refunds',
  disputes: 'Disputes',
  emails: 'E-mails',
  sms: 'SMS',
  webhooks: 'Webhooks',
  switches: 'Switches',
} as const;
export type View = keyof typeof VIEWS;

/** The most recent things that a list shows. */
export const SHOWN = 100;

export const page = (title: string, body: Markup): Markup => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · sandbox</title><style>${styles}</style></head>
<body>${body}</body>
</html>`;

/** The frame around every view: the title, and tabs with how many things each holds. */
export const framed = (control: Control, view: View, body: Markup): Markup => {
  const counts: Record<View, number | null> = {
    payments: control.intents().length,
    refunds: control.refunds().length,
    disputes: control.disputes().length,
    emails: control.emails().length,
    sms: control.sms().length,
    webhooks: control.deliveries().length,
    switches: null,
  };
  const names = Object.keys(VIEWS) as View[];
  return page(
    VIEWS[view],
    html`<header>
<div class="bar"><h1>EventHorizon sandbox</h1><p>Stands in for Stripe, SendGrid and Twilio. Nothing leaves this machine.</p></div>
<nav aria-label="Views">${names.map(
      (name) =>
        html`<a href="/?view=${name}" ${name === view ? html`aria-current="page"` : ''}>${VIEWS[name]}${counts[name] === null ? '' : html`<b>${counts[name]}</b>`}</a>`,
    )}</nav></header><main>${body}</main>`,
  );
};

export const empty = (text: string): Markup => html`<p class="empty">${text}</p>`;

/** `14:03:09`, in UTC like the logs. `at` in milliseconds. */
export const clockTime = (at: number): string => new Date(at).toISOString().slice(11, 19);

const TONES: Readonly<Record<string, 'good' | 'bad' | 'wait'>> = {
  succeeded: 'good',
  delivered: 'good',
  failed: 'bad',
  canceled: 'bad',
  dropped: 'bad',
  won: 'good',
  lost: 'bad',
  needs_response: 'wait',
  warning_needs_response: 'wait',
  processing: 'wait',
  requires_action: 'wait',
  pending: 'wait',
  waiting: 'wait',
  held: 'wait',
};

/** Stripe's words, where they are no words for people. */
const WORDS: Readonly<Record<string, string>> = {
  requires_payment_method: 'to be paid',
  warning_needs_response: 'inquiry',
  warning_closed: 'inquiry closed',
  requires_action: '3-D Secure awaited',
  canceled: 'cancelled',
};

export const statusTag = (status: string): Markup =>
  html`<span class="tag ${TONES[status] ?? ''}">${WORDS[status] ?? status.replaceAll('_', ' ')}</span>`;

/** A button that posts; the fields go along. */
export const action = (
  to: string,
  label: string,
  fields: Readonly<Record<string, string>>,
  main = false,
): Markup =>
  html`<form method="post" action="${to}">${Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${main ? 'main' : ''}">${label}</button></form>`;

const DECIMALS: Readonly<Record<string, number>> = {
  jpy: 0,
  krw: 0,
  vnd: 0,
  clp: 0,
  kwd: 3,
  bhd: 3,
  jod: 3,
  omr: 3,
  tnd: 3,
};

/** For people only: Stripe's minor units as an amount. */
export const amountText = (amount: number, currency: string): string => {
  const decimals = DECIMALS[currency] ?? 2;
  return `${(amount / 10 ** decimals).toFixed(decimals)} ${currency.toUpperCase()}`;
};

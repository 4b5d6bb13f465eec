import { html } from 'hono/html';
import type { Control } from '../control/control.ts';
import type { SandboxEmail } from '../sendgrid/email.ts';
import { clockTime, empty, type Markup, SHOWN } from './page.ts';

export const emailsView = (control: Control): Markup => {
  const emails = control.emails().slice(0, SHOWN);
  if (emails.length === 0) return empty('No e-mails yet.');
  return html`${emails.map(
    (
      email,
    ) => html`<a class="card mail" href="/emails/${email.id}"><div class="row"><div class="grow"><strong>${email.subject}</strong>
<div class="soft">to ${email.to.join(', ')}</div></div>${email.attachments.length === 0 ? '' : html`<span class="tag">${email.attachments.length} attached</span>`}<span class="soft">${clockTime(email.at)}</span></div></a>`,
  )}`;
};

const size = (bytes: number): string => (bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`);

/** One e-mail. Its HTML runs in a frame that may do nothing: no scripts, no forms, no cookies of this page. */
export const emailView = (
  email: SandboxEmail,
): Markup => html`<p><a href="/?view=emails">← All e-mails</a></p>
<section class="card"><h2 style="margin:0 0 6px">${email.subject}</h2>
<div class="soft">${clockTime(email.at)} · from ${email.from} · to ${email.to.join(', ')} · <span class="mono">${email.id}</span></div>
${email.attachments.length === 0 ? '' : html`<div class="files">${email.attachments.map((file, index) => html`<a href="/emails/${email.id}/attachments/${index}" target="_blank" rel="noopener">${file.filename} <span class="soft">${size(file.content.length)}</span></a>`)}</div>`}
${email.html === null ? '' : html`<iframe title="The e-mail as it looks" sandbox="allow-popups" src="/emails/${email.id}/body"></iframe>`}
${email.text === null ? '' : html`<details ${email.html === null ? html`open` : ''} style="margin-top:12px"><summary class="soft">Plain text</summary><pre>${email.text}</pre></details>`}
${Object.keys(email.customArgs).length === 0 ? '' : html`<p class="soft mono">${JSON.stringify(email.customArgs)}</p>`}</section>`;

export const smsView = (control: Control): Markup => {
  const messages = control.sms().slice(0, SHOWN);
  if (messages.length === 0) return empty('No SMS yet.');
  return html`${messages.map(
    (sms) =>
      html`<section class="card"><div class="row"><div class="grow"><strong>${sms.to}</strong> <span class="soft">from ${sms.from}</span></div><span class="soft">${clockTime(sms.at)}</span></div><div class="bubble">${sms.body}</div></section>`,
  )}`;
};

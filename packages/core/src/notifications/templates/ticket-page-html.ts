import type { Booking } from '../../bookings/booking.ts';
import { type Html, html } from './html.ts';
import type { LetterTicket } from './letter.ts';
import { oneLine } from './one-line.ts';
import { DATE_OPEN, wallDay, wallTime } from './when.ts';

export type PageTicket = Omit<LetterTicket, 'code' | 'ticketId'> & {
  /** `data:image/png;base64,…` */
  readonly qr: string;
};

/** For phones first, which is where the link is opened: one column, codes as wide as the screen allows. */
const STYLES: Html = {
  markup: `
body{margin:0;background:#f3f2f7;color:#17172b;font:16px/1.5 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word}
header{background:#17172b;color:#fff;padding:24px 20px 28px}
header p,main>p,footer{margin:0}
.brand{font-size:13px;letter-spacing:.08em;color:#b9b4f0;font-weight:600}
h1{margin:16px 0 10px;font-size:26px;line-height:1.25}
.where{margin-top:10px!important;color:#cfcde6}
header>*,main,footer{max-width:460px;margin-left:auto!important;margin-right:auto!important}
main{padding:20px}
article{background:#fff;border:1px solid #e4e2ec;border-radius:12px;padding:20px;margin:0 0 16px;text-align:center}
article img{width:100%;max-width:300px;height:auto;display:block;margin:0 auto 12px;image-rendering:pixelated}
h2{margin:0 0 4px;font-size:20px;line-height:1.3}
small{color:#5d5d72;font-size:14px}
nav a{display:block;margin:0 0 12px;padding:13px;border-radius:10px;background:#4b3fbf;color:#fff;text-align:center;font-weight:600;text-decoration:none}
nav a+a{background:#fff;color:#4b3fbf;border:1px solid #4b3fbf}
a:focus-visible{outline:3px solid #17172b;outline-offset:2px}
footer{padding:0 20px 32px;color:#5d5d72;font-size:14px}`,
};

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLES}</style>
</head>
<body>${body}</body>
</html>
`.markup;

/**
 * The tickets of a booking as a page for a phone; `path` is its own address, beside which its documents are. Of an event that was put off
 * it has no date. Pure.
 */
export const ticketPageHtml = (
  { reference, event: { title, startsAt, venueName, venueAddress } }: Pick<Booking, 'reference' | 'event'>,
  tickets: readonly PageTicket[],
  path: string,
  { dateOpen }: { readonly dateOpen: boolean },
): string =>
  page(
    oneLine(title),
    html`<header><p class="brand">EVENTHORIZON</p>
<h1>${oneLine(title)}</h1>
<p>${dateOpen ? DATE_OPEN.day : html`${wallDay(startsAt.local)}<br>${wallTime(startsAt)}`}</p>
<p class="where">${oneLine(venueName)}<br>${oneLine(venueAddress)}</p></header>
<main>${tickets.length === 0 ? NO_TICKETS : null}
${tickets.map(
  ({ label, typeName, attendeeName, qr }, i) => html`<article>
<img src="${qr}" alt="Code of ticket ${i + 1}">
<small>Ticket ${i + 1} of ${tickets.length}</small>
<h2>${oneLine(label)}</h2>
<div>${oneLine(typeName)}${attendeeName === null ? null : html`, for ${oneLine(attendeeName)}`}</div>
</article>
`,
)}${tickets.length === 0 ? null : html`<nav><a href="${path}/tickets.pdf">Tickets as PDF</a><a href="${path}/event.ics">Add to calendar</a></nav>`}</main>
<footer>Booking ${reference}.${tickets.length === 0 ? null : ' Whoever shows a code first is let in, so keep this link to yourself.'}</footer>`,
  );

const NO_TICKETS = html`<article><h2>No tickets here</h2><div>They were passed on or given back.</div></article>`;

/** A page that only says something. Pure. */
export const messagePageHtml = (title: string, text: string): string =>
  page(
    title,
    html`<header><p class="brand">EVENTHORIZON</p><h1>${title}</h1></header><main><p>${text}</p></main>`,
  );

import { unreachable } from '../../shared/state-machine.ts';
import { type Html, html } from './html.ts';
import { type AccountLetter, type Block, type Letter, type LetterTicket, qrContentId } from './letter.ts';
import { oneLine } from './one-line.ts';

/** Mail programs know few fonts, and no webfonts. */
const FONT = `font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;
const MONO = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace';
const INK = '#17172b';
const MUTED = '#5d5d72';
const LINE = '#e4e2ec';
const ACCENT = '#4b3fbf';
const PAPER = '#f3f2f7';

/** On a phone the ticket's picture stands under its text. Everything else is inline, for programs that drop `style` elements. */
const PHONE = `@media (max-width:520px){
.pad{padding-left:20px!important;padding-right:20px!important}
.title{font-size:24px!important;line-height:30px!important}
.outer{padding:0!important}.card{border-radius:0!important}.head{border-radius:0!important}
.cell{display:block!important;width:auto!important}
.qr{text-align:center!important;padding:20px!important;border-left:0!important;border-top:2px dashed ${LINE}!important;border-radius:0 0 12px 12px!important}
.qr img{width:220px!important;height:220px!important}
.info{padding:20px!important}
}`;

/** A letter as the HTML of an e-mail: tables and inline styles, because mail programs know little else. */
export const letterHtml = (letter: Letter | AccountLetter): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="supported-color-schemes" content="light">
<title>${letter.subject}</title>
<style>${trusted(PHONE)}</style>
</head>
<body style="margin:0;padding:0;background:${PAPER};-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden">${letter.summary}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${PAPER}">
<tr><td class="outer" align="center" style="padding:32px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-radius:14px;${trusted(FONT)};color:${INK}">
${letter.event === null ? plainHeader(letter) : header(letter)}
<tr><td class="pad" style="padding:28px 36px 0 36px;font-size:16px;line-height:25px">
<h2 style="margin:0 0 14px 0;font-size:20px;line-height:27px;font-weight:700">${letter.heading}</h2>
<p style="margin:0">${letter.greeting}</p>
</td></tr>
${letter.blocks.map(block)}
<tr><td class="pad" style="padding:30px 36px 32px 36px;font-size:13px;line-height:20px;color:${MUTED}">
${letter.footer}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.markup;

const plainHeader = ({
  title,
}: AccountLetter): Html => html`<tr><td class="head pad" style="background:${INK};border-radius:14px 14px 0 0;padding:28px 36px 30px 36px;color:#ffffff">
<div style="font-size:13px;line-height:18px;letter-spacing:.08em;color:#b9b4f0;font-weight:600">EVENTHORIZON</div>
<h1 class="title" style="margin:20px 0 0 0;font-size:30px;line-height:37px;font-weight:700;color:#ffffff;word-break:break-word">${title}</h1>
</td></tr>`;

const header = ({
  event,
  reference,
}: Letter): Html => html`<tr><td class="head pad" style="background:${INK};border-radius:14px 14px 0 0;padding:28px 36px 30px 36px;color:#ffffff">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="font-size:13px;line-height:18px;letter-spacing:.08em;color:#b9b4f0;font-weight:600">EVENTHORIZON</td>
<td align="right" style="${trusted(MONO)};font-size:14px;line-height:18px;color:#ffffff">${reference === null ? null : html`<span style="color:#b9b4f0">Booking</span> ${reference}`}</td>
</tr></table>
<h1 class="title" style="margin:20px 0 12px 0;font-size:30px;line-height:37px;font-weight:700;color:#ffffff;word-break:break-word">${event.title}</h1>
<p style="margin:0;font-size:16px;line-height:24px;color:#ffffff">${event.day}${event.time === null ? null : html`<br>${event.time}`}</p>
<p style="margin:12px 0 0 0;font-size:16px;line-height:24px;color:#cfcde6;word-break:break-word"><span style="color:#ffffff">${event.venue}</span>${event.address === '' ? null : html`<br>${event.address}`}</p>
</td></tr>`;

const block = (piece: Block): Html => {
  switch (piece.kind) {
    case 'paragraph':
      return row(html`<p style="margin:0">${piece.text}</p>`);
    case 'note':
      return row(
        html`<div style="border-left:3px solid ${ACCENT};background:${PAPER};padding:14px 18px;font-weight:600">${piece.text}</div>`,
      );
    case 'link':
      return row(
        html`<a href="${piece.url}" style="display:inline-block;border-radius:10px;background:${ACCENT};padding:14px 22px;color:#ffffff;font-weight:700;text-decoration:none">${piece.text}</a>`,
      );
    case 'code':
      // Letters that look alike are told apart, and one tap selects all of it.
      return row(
        html`<div style="border-radius:10px;background:${PAPER};padding:18px;text-align:center;${trusted(MONO)};font-size:16px;line-height:25px;font-weight:600;word-break:break-all;-webkit-user-select:all;user-select:all">${piece.code}</div>`,
      );
    case 'list':
      return row(html`<p style="margin:0 0 6px 0;font-size:13px;line-height:20px;color:${MUTED};font-weight:600">${piece.title}</p>
<ul style="margin:0;padding-left:20px">${piece.items.map((item) => html`<li>${item}</li>`)}</ul>`);
    case 'quote':
      return row(html`<p style="margin:0 0 6px 0;font-size:13px;line-height:20px;color:${MUTED};font-weight:600">${piece.title}</p>
<div style="border-left:3px solid ${LINE};padding:2px 18px">${piece.lines.map((line) => html`<p style="margin:0 0 4px 0">${line}</p>`)}</div>`);
    case 'tickets':
      return html`${piece.tickets.map((ticket, i) => ticketCard(ticket, i + 1, piece.tickets.length))}`;
    case 'prices':
      return prices(piece);
    default:
      return unreachable(piece);
  }
};

const row = (content: Html): Html =>
  html`<tr><td class="pad" style="padding:16px 36px 0 36px;font-size:16px;line-height:25px;word-break:break-word">${content}</td></tr>
`;

const ticketCard = (
  ticket: LetterTicket,
  number: number,
  of: number,
): Html => html`<tr><td class="pad" style="padding:20px 36px 0 36px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="border:1px solid ${LINE};border-radius:12px;background:#faf9fd">
<tr>
<td class="cell info" valign="middle" style="padding:22px;font-size:15px;line-height:22px;word-break:break-word">
<span style="font-size:13px;line-height:20px;color:${MUTED}">Ticket ${number} of ${of}</span>
<div style="margin:4px 0 8px 0;font-size:19px;line-height:26px;font-weight:700">${oneLine(ticket.label)}</div>
<div>${oneLine(ticket.typeName)}</div>
${ticket.attendeeName === null ? null : html`<div style="color:${MUTED}">For ${oneLine(ticket.attendeeName)}</div>`}
</td>
<td class="cell qr" width="176" align="center" valign="middle" style="padding:16px;border-left:2px dashed ${LINE};background:#ffffff;border-radius:0 12px 12px 0">
<img src="cid:${qrContentId(ticket.ticketId)}" width="176" height="176" alt="Code of ticket ${number}; it is also attached" style="display:inline-block;width:176px;height:176px;border:0">
</td>
</tr></table>
</td></tr>
`;

const prices = ({
  lines,
  total,
}: Extract<Block, { kind: 'prices' }>): Html => html`<tr><td class="pad" style="padding:26px 36px 0 36px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="font-size:15px;line-height:22px">
${lines.map(
  ({ what, each, sum }) => html`<tr>
<td style="padding:8px 0;border-bottom:1px solid ${LINE};word-break:break-word">${what}${each === null ? null : html`<br><span style="font-size:13px;color:${MUTED}">${each} each</span>`}</td>
<td align="right" valign="top" style="padding:8px 0 8px 12px;border-bottom:1px solid ${LINE};white-space:nowrap">${sum}</td>
</tr>
`,
)}<tr>
<td style="padding:12px 0 0 0;font-size:17px;line-height:24px;font-weight:700">Total</td>
<td align="right" style="padding:12px 0 0 12px;font-size:17px;line-height:24px;font-weight:700;white-space:nowrap">${total}</td>
</tr></table>
</td></tr>
`;

/** Styles of this file: constants, no text of strangers. */
function trusted(style: string): Html {
  return { markup: style };
}

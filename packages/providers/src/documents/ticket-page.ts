import type { TicketSheet } from '@eventhorizon/core/notifications/documents/document';
import { drawQr } from './draw-qr.ts';
import { INK, MARGIN, MUTED, PAGE, RULE } from './page.ts';
import { LEADING, type TextPainter } from './text-painter.ts';

/** 64 mm: a module of a ticket's code is then half a millimetre and more, which old scanners read from paper. */
const QR_SIZE = 190;
const GAP = 24;
const TERMS_SIZE = 8;
/** What no printer prints on. */
const FOOT = 24;
const WIDTH = PAGE.width - 2 * MARGIN;
const LEFT = WIDTH - QR_SIZE - GAP;

/** Draws a ticket on the current page. */
export const drawTicketPage = (
  doc: PDFKit.PDFDocument,
  { paint }: TextPainter,
  sheet: TicketSheet,
  qr: typeof drawQr = drawQr,
): void => {
  const small = { size: 9, color: MUTED };
  const full = { x: MARGIN, width: WIDTH };
  const rule = (y: number): void =>
    void doc
      .moveTo(MARGIN, y)
      .lineTo(PAGE.width - MARGIN, y)
      .lineWidth(0.75)
      .strokeColor(RULE)
      .stroke();

  doc.rect(0, 0, PAGE.width, 10).fill(INK);
  paint(sheet.organizer, { x: MARGIN, y: 34, width: WIDTH - 110 }, { size: 10, color: MUTED });
  paint(
    `Ticket ${sheet.position}`,
    { x: PAGE.width - MARGIN - 100, y: 34, width: 100 },
    { size: 10, weight: 'bold', color: INK, align: 'right' },
  );
  let y = paint(sheet.title, { ...full, y: 58 }, { size: 25, weight: 'bold', color: INK, maxLines: 3 });
  const when = sheet.time === null ? sheet.day : `${sheet.day}, ${sheet.time}`;
  y = paint(when, { ...full, y: y + 6 }, { size: 13, weight: 'bold', color: INK });
  if (sheet.doors !== null)
    y = paint(`Doors open at ${sheet.doors}`, { ...full, y }, { size: 11, color: INK });
  y = paint(sheet.venue, { ...full, y: y + 4 }, { size: 11, color: INK, maxLines: 2 });
  y = paint(sheet.address, { ...full, y }, { size: 11, color: MUTED, maxLines: 3 });
  rule(y + 14);

  const top = y + 32;
  qr(doc, sheet.code, { x: MARGIN + LEFT + GAP, y: top, size: QR_SIZE });
  const field = (label: string, value: string, at: number, size: number, maxLines: number): number => {
    const below = paint(label, { x: MARGIN, y: at, width: LEFT }, small);
    const style = { size, weight: 'bold', color: INK, maxLines } as const;
    return paint(value, { x: MARGIN, y: below, width: LEFT }, style) + 10;
  };
  y = field('Place', sheet.place, top, 19, 6);
  y = field('Ticket', sheet.typeName, y, 13, 2);
  if (sheet.attendeeName !== null) y = field('Name', sheet.attendeeName, y, 15, 3);
  y = field('Booking', sheet.reference, y, 13, 1);

  y = Math.max(y, top + QR_SIZE) + 14;
  rule(y);
  y += 12;
  for (const term of sheet.terms) y = paint(term, { ...full, y }, { ...small, maxLines: 3 }) + 3;
  if (sheet.eventTerms.length === 0) return;
  y = paint('Terms of the organizer', { ...full, y: y + 6 }, { ...small, weight: 'bold' }) + 2;
  const print = { ...small, size: TERMS_SIZE };
  for (const [i, term] of sheet.eventTerms.entries()) {
    // Never below the page, and never cut without a word: under the longest of titles and names there may be no room.
    const room = Math.floor((PAGE.height - FOOT - y) / (TERMS_SIZE * LEADING));
    if (room <= 1 && i < sheet.eventTerms.length - 1) {
      paint('… and more: all terms are on the page of the event.', { ...full, y }, print);
      return;
    }
    y = paint(term, { ...full, y }, { ...print, maxLines: Math.max(1, room) }) + 2;
  }
};

import type { Receipt } from '@eventhorizon/core/notifications/documents/document';
import { INK, MARGIN, MUTED, PAGE, RULE } from './page.ts';
import type { TextPainter } from './text-painter.ts';

const WIDTH = PAGE.width - 2 * MARGIN;
const MONEY = 110;
const BOTTOM = PAGE.height - MARGIN;

/** Draws a receipt, over as many pages as its lines need. */
export const drawReceipt = (doc: PDFKit.PDFDocument, { paint }: TextPainter, receipt: Receipt): void => {
  const full = { x: MARGIN, width: WIDTH };
  const rule = (y: number, color: string = RULE): void =>
    void doc
      .moveTo(MARGIN, y)
      .lineTo(PAGE.width - MARGIN, y)
      .lineWidth(0.75)
      .strokeColor(color)
      .stroke();
  const muted = { size: 9, color: MUTED };
  const plain = { size: 11, color: INK };
  const bold = { ...plain, weight: 'bold' } as const;
  const startPage = (): number => {
    doc.rect(0, 0, PAGE.width, 10).fill(INK);
    return 40;
  };
  const room = (y: number, height: number): number => {
    if (y + height <= BOTTOM) return y;
    doc.addPage();
    return startPage();
  };

  let y = paint('Receipt', { ...full, y: startPage() }, { size: 25, weight: 'bold', color: INK });
  y = paint(`Booking ${receipt.reference}, paid on ${receipt.paidOn}`, { ...full, y }, plain) + 16;

  const half = (WIDTH - 24) / 2;
  const column = (x: number, label: string, texts: readonly string[]): number => {
    let at = paint(label, { x, y, width: half }, muted);
    for (const [i, text] of texts.entries())
      at = paint(text, { x, y: at, width: half }, { ...(i === 0 ? bold : plain), maxLines: 3 });
    return at;
  };
  y = Math.max(
    column(MARGIN, 'Sold by', [receipt.organizer]),
    column(MARGIN + half + 24, 'Paid by', [
      receipt.buyer.name,
      ...(receipt.buyer.email === null ? [] : [receipt.buyer.email]),
    ]),
  );
  y += 14;
  y = paint('For', { ...full, y }, muted);
  y = paint(receipt.title, { ...full, y }, { ...bold, size: 13, maxLines: 3 });
  y = paint(receipt.when, { ...full, y }, { ...plain, maxLines: 2 });
  y = paint(`${receipt.venue}, ${receipt.address}`, { ...full, y }, { ...plain, color: MUTED, maxLines: 3 });
  y += 18;

  const row = (at: number, texts: readonly [string, string, string], style: typeof plain): number => {
    const [what, each, sum] = texts;
    const below = paint(what, { x: MARGIN, y: at, width: WIDTH - 2 * MONEY - 12 }, { ...style, maxLines: 3 });
    const right = { ...style, align: 'right' } as const;
    paint(each, { x: PAGE.width - MARGIN - 2 * MONEY, y: at, width: MONEY }, right);
    paint(sum, { x: PAGE.width - MARGIN - MONEY, y: at, width: MONEY }, right);
    return below;
  };
  y = row(y, ['', 'Each', 'Sum'], muted) || y;
  y += 14;
  for (const { what, each, sum } of receipt.lines) {
    y = room(y, 60);
    rule(y);
    y = row(y + 5, [what, each ?? '', sum], plain) + 5;
  }
  y = room(y, 90);
  rule(y, INK);
  y = row(y + 6, ['Total', '', receipt.total], { ...bold, size: 13 }) + 24;
  for (const note of receipt.notes) y = paint(note, { ...full, y }, { ...muted, maxLines: 3 }) + 3;
};

import type { Receipt, TicketSheet } from '@eventhorizon/core/notifications/documents/document';
import PDFDocument from 'pdfkit';
import { drawQr } from './draw-qr.ts';
import { createFontBook, type FontBook } from './font-book.ts';
import { drawReceipt } from './receipt-page.ts';
import { createTextPainter } from './text-painter.ts';
import { drawTicketPage } from './ticket-page.ts';

/** What can be drawn. Plain data: it is sent to another thread. */
export type DocumentRequest =
  | { readonly kind: 'tickets'; readonly sheets: readonly TicketSheet[] }
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

let book: FontBook | undefined;

/** Draws a document as PDF. Takes tens of milliseconds of a core: call it in a thread of its own. */
export const renderDocument = async (request: DocumentRequest, qr = drawQr): Promise<Buffer> => {
  book ??= createFontBook();
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    // Otherwise pdfkit reads Helvetica from its package's folder, which a bundle does not have.
    font: '',
    info: {
      Title: request.kind === 'tickets' ? `Tickets ${request.sheets[0]?.reference}` : 'Receipt',
      Creator: 'EventHorizon',
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  const painter = createTextPainter(doc, book);
  if (request.kind === 'tickets') {
    if (request.sheets.length === 0) throw new RangeError('no tickets to draw');
    for (const sheet of request.sheets) drawTicketPage(doc.addPage(), painter, sheet, qr);
  } else drawReceipt(doc.addPage(), painter, request.receipt);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
};

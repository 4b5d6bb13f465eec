import type { QrRenderer } from '@eventhorizon/core/tickets/ports';
import { toBuffer } from 'qrcode';

/** Pixels a module: a ticket's code has about 60 modules a side, so the picture is about 400 pixels wide. */
const SCALE = 6;

/**
 * PNG pictures of QR codes. Error correction M survives a crease (15 %) and keeps the modules large; the quiet zone of four modules is what the
 * standard asks for (ISO/IEC 18004).
 */
export const qrPng = (): QrRenderer => ({
  png: (text) => toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin: 4, scale: SCALE }),
});

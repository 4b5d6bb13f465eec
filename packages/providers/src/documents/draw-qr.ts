import { create } from 'qrcode';

/** Clear modules around the code that scanners need (ISO/IEC 18004). */
const QUIET = 4;

/** A QR code as one black path on white, sharp at any size. `size` is in points and includes the quiet zone. */
export const drawQr = (
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): void => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const unit = size / (modules.size + 2 * QUIET);
  doc.rect(x, y, size, size).fill('#ffffff');
  const isDark = (row: number, column: number): boolean =>
    column < modules.size && modules.data[row * modules.size + column] === 1;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) {
      if (!isDark(row, column)) continue;
      const start = column;
      while (isDark(row, column)) column++;
      doc.rect(x + (start + QUIET) * unit, y + (row + QUIET) * unit, (column - start) * unit, unit);
    }
  doc.fill('#000000');
};

import { create } from 'qrcode';
import { expect, it } from 'vitest';
import { scanPicture } from '../documents/testing/read-pdf.ts';
import { qrPng } from './qr-png.ts';

const CODE = `EH1.${'A'.repeat(75)}.${'B'.repeat(86)}`;

it('a ticket code becomes a PNG of its QR code, with the quiet zone that scanners need', async () => {
  const png = Buffer.from(await qrPng().png(CODE));
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  const { modules, version } = create(CODE, { errorCorrectionLevel: 'M' });
  // Version 10 has 57 modules a side: 3 cm on paper give half a millimetre each.
  expect(version).toBeLessThanOrEqual(10);
  const side = (modules.size + 2 * 4) * 6;
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([side, side]);
});

it('the picture of a code is read back as that code', async () => {
  expect(await scanPicture(await qrPng().png(CODE))).toBe(CODE);
});
it('twin: a picture of another code is not taken for it', async () => {
  expect(await scanPicture(await qrPng().png(`${CODE}.`))).not.toBe(CODE);
});

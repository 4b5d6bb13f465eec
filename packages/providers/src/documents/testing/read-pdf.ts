import { createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import jsqr from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Twice the size of a screen's, at which a module of a QR code has three pixels. */
const SCALE = 2;

export type DrawnText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type DrawnPage = {
  readonly width: number;
  readonly height: number;
  /** In points from the left and from the top; in the order in which they were drawn. */
  readonly texts: readonly DrawnText[];
  /** What stands on each line, from the top down and from left to right. */
  readonly lines: readonly string[];
  /** Dark pixels from the base line of a text up to its height, along its width: what can be seen of it. */
  readonly inkOf: (text: DrawnText) => number;
  /** What a scanner reads off the page as it looks; null: it finds no code. */
  readonly qr: string | null;
};

type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

const scan = ({ data, width, height }: Pixels): string | null =>
  // Its types are of a CommonJS module with a default.
  (jsqr as unknown as typeof jsqr.default)(data, width, height)?.data ?? null;

/** The code on a picture; null: there is none that can be read. */
export const scanPicture = async (png: Uint8Array): Promise<string | null> => {
  const image: Image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return scan(context.getImageData(0, 0, image.width, image.height));
};

const inkIn = ({ data, width }: Pixels, { x, y, width: across, height: up }: DrawnText): number => {
  let dark = 0;
  for (let row = Math.floor((y - up) * SCALE); row < y * SCALE; row++)
    for (let column = Math.floor(x * SCALE); column < (x + across) * SCALE; column++)
      if ((data[(row * width + column) * 4] ?? 255) < 128) dark += 1;
  return dark;
};

const linesOf = (texts: readonly DrawnText[]): string[] => {
  const lines = new Map<number, DrawnText[]>();
  for (const text of texts) {
    const y = Math.round(text.y);
    lines.set(y, [...(lines.get(y) ?? []), text]);
  }
  return [...lines.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([, parts]) =>
      parts
        .toSorted((a, b) => a.x - b.x)
        .map(({ text }) => text)
        .join('')
        .trim(),
    )
    .filter((line) => line !== '');
};

/** Reads a PDF as its reader does: the texts where they stand, and the code by looking at the drawn page. */
export const readPdf = async (pdf: Uint8Array): Promise<DrawnPage[]> => {
  const loading = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 });
  const document = await loading.promise;
  const pages: DrawnPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent({ disableNormalization: true });
    const texts = items.flatMap((item) => {
      if (!('str' in item)) return [];
      const [, , , , x, y]: number[] = item.transform;
      return [{ text: item.str, x: x ?? 0, y: height - (y ?? 0), width: item.width, height: item.height }];
    });
    const viewport = page.getViewport({ scale: SCALE });
    const canvas = createCanvas(viewport.width, viewport.height);
    const context = canvas.getContext('2d');
    await page.render({ canvas: null, canvasContext: context as never, viewport }).promise;
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    pages.push({
      width,
      height,
      texts,
      lines: linesOf(texts),
      inkOf: (text) => inkIn(pixels, text),
      qr: scan(pixels),
    });
  }
  await loading.destroy();
  return pages;
};

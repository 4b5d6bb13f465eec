import { breakLines } from './break-lines.ts';
import type { FontBook } from './font-book.ts';
import type { FontWeight } from './font-files.ts';
import { type Run, visualRuns } from './visual-runs.ts';

export type TextStyle = {
  readonly size: number;
  readonly weight?: FontWeight;
  readonly color: string;
  /** Longer text ends in an ellipsis. Default 1. */
  readonly maxLines?: number;
  readonly align?: 'left' | 'right';
};

export type Box = { readonly x: number; readonly y: number; readonly width: number };

/** Room between base lines, in sizes: enough for Thai and Devanagari marks. */
export const LEADING = 1.36;
/** From the top of a line to its base line, in sizes. */
const ASCENT = 1.04;

/** No features beyond those that shaping needs; giving them at all has pdfkit shape a run as a whole, not word by word. */
const FEATURES: [] = [];

const widthOf = ({ text, face: { font } }: Run, size: number): number =>
  (font.layout(text, FEATURES).advanceWidth / font.unitsPerEm) * size;

/** Draws texts of any of our scripts into a PDF. */
export type TextPainter = {
  /** Draws wrapped text from `box.y` down and returns the y below it. Points. */
  readonly paint: (text: string, box: Box, style: TextStyle) => number;
};

export const createTextPainter = (doc: PDFKit.PDFDocument, book: FontBook): TextPainter => {
  const widths = new Map<string, number>();
  /** In sizes. Pages of a document say the same again and again. */
  const lineWidthOf = (line: string, weight: FontWeight): number => {
    const key = `${weight} ${line}`;
    const width =
      widths.get(key) ?? visualRuns(line, weight, book).reduce((sum, run) => sum + widthOf(run, 1), 0);
    widths.set(key, width);
    return width;
  };
  return {
    paint: (text, { x, y, width }, { size, weight = 'regular', color, maxLines = 1, align = 'left' }) => {
      const lineWidth = (line: string): number => lineWidthOf(line, weight) * size;
      const lines = breakLines(text, { fits: (line) => lineWidth(line) <= width, maxLines });
      doc.fillColor(color).fontSize(size);
      for (const [i, line] of lines.entries()) {
        let at = align === 'left' ? x : x + width - lineWidth(line);
        for (const run of visualRuns(line, weight, book)) {
          // pdfkit takes a font of fontkit's as it is; its types do not say so.
          doc.font(run.face.font as unknown as string, run.face.name);
          doc.text(run.text, at, y + (i * LEADING + ASCENT) * size, {
            lineBreak: false,
            baseline: 'alphabetic',
            features: FEATURES,
          });
          at += widthOf(run, size);
        }
      }
      return y + lines.length * LEADING * size;
    },
  };
};

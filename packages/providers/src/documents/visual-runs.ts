import bidiFactory, { type Bidi } from 'bidi-js';
import type { Face, FontBook } from './font-book.ts';
import type { FontWeight } from './font-files.ts';

// Its main file's export is the function itself; its types are written for bundlers that read its ES module.
const bidi = (bidiFactory as unknown as () => Bidi)();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Text that one face draws in one direction. */
export type Run = { readonly text: string; readonly face: Face };

type Piece = { readonly text: string; readonly level: number };

/** Text in pieces of one bidi level, with brackets in right-to-left pieces mirrored. */
const levelPieces = (text: string): Piece[] => {
  const embedding = bidi.getEmbeddingLevels(text);
  const mirrored = bidi.getMirroredCharactersMap(text, embedding.levels);
  const pieces: Piece[] = [];
  for (const [i, unit] of text.split('').entries()) {
    const level = embedding.levels[i] ?? 0;
    const last = pieces.at(-1);
    const shown = mirrored.get(i) ?? unit;
    if (last !== undefined && last.level === level)
      pieces[pieces.length - 1] = { text: last.text + shown, level };
    else pieces.push({ text: shown, level });
  }
  return pieces;
};

/** Rule L2 of Unicode's bidirectional algorithm: reverse from the highest level down to the lowest odd one. */
const inVisualOrder = (pieces: readonly Piece[]): Piece[] => {
  const ordered = [...pieces];
  const highest = Math.max(0, ...ordered.map(({ level }) => level));
  for (let level = highest; level >= 1; level--)
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end++;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = Math.max(start, end);
    }
  return ordered;
};

const byFace = (text: string, weight: FontWeight, book: FontBook): Run[] => {
  const runs: Run[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const last = runs.at(-1);
    const face = book.faceFor(segment, weight);
    if (last?.face === face) runs[runs.length - 1] = { text: last.text + segment, face };
    else runs.push({ text: segment, face });
  }
  return runs;
};

const STRONG_RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * One line as runs from left to right. A right-to-left run keeps its logical order when it has letters, because shaping turns
 * those around, and is turned around here when it has only spaces and marks.
 */
export const visualRuns = (text: string, weight: FontWeight, book: FontBook): Run[] =>
  inVisualOrder(levelPieces(text)).flatMap((piece) => {
    const runs = byFace(piece.text, weight, book);
    if (piece.level % 2 === 0) return runs;
    return runs
      .reverse()
      .map((run) =>
        STRONG_RIGHT_TO_LEFT.test(run.text) ? run : { ...run, text: [...run.text].reverse().join('') },
      );
  });

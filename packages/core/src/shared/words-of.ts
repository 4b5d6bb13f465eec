import { foldText } from './fold-text.ts';

/** Characters of a word that count. */
export const MAX_WORD_LENGTH = 40;

const APOSTROPHES = /['\u2019\u02bc]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/u;

const split = (folded: string): string[] =>
  folded
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, MAX_WORD_LENGTH).join(''));

/** The folded words of a question, in its order. An apostrophe joins: `O'Brien` is `obrien`. */
export const wordsOf = (text: string): string[] => split(foldText(text).replace(APOSTROPHES, ''));

/**
 * What a text is found by: its folded words, each once. A word with an apostrophe is found joined and in parts, so that `opera` finds
 * `L'Opéra` and `nights` finds `Night's`.
 */
export const searchWordsOf = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...wordsOf(text), ...split(foldText(text).replace(APOSTROPHES, ' '))])),
];

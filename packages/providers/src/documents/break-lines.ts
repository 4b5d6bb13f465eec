const words = new Intl.Segmenter('und', { granularity: 'word' });
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const ELLIPSIS = '…';

type Options = { readonly fits: (line: string) => boolean; readonly maxLines: number };

const startOf = (line: string, fits: Options['fits']): string => {
  let start = '';
  for (const { segment } of graphemes.segment(line)) {
    if (start !== '' && !fits(start + segment + ELLIPSIS)) break;
    start += segment;
  }
  return `${start.trimEnd()}${ELLIPSIS}`;
};

/** Where a line may end: after a space or between words of scripts without spaces, never before closing punctuation. */
const unbreakable = (text: string): string[] => {
  const parts: string[] = [];
  for (const { segment, isWordLike } of words.segment(text)) {
    const last = parts.at(-1);
    const mayBreak =
      last === undefined ||
      /\s$/u.test(last) ||
      (isWordLike === true && (last.endsWith('-') || noSpaces(segment)));
    if (mayBreak) parts.push(segment);
    else parts[parts.length - 1] = last + segment;
  }
  return parts;
};
const noSpaces = (word: string): boolean =>
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word);

/** Text in lines that fit, broken between words, within a word only where it is longer than a line; the rest is an ellipsis. */
export const breakLines = (text: string, { fits, maxLines }: Options): string[] => {
  const lines: string[] = [];
  let line = '';
  const add = (part: string): void => {
    if (fits((line + part).trimEnd())) {
      line += part;
      return;
    }
    if (line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
      add(part);
      return;
    }
    for (const { segment } of graphemes.segment(part)) {
      if (line !== '' && !fits(line + segment)) {
        lines.push(line);
        line = '';
      }
      line += segment;
    }
  };
  for (const part of unbreakable(text)) {
    add(part);
    if (lines.length > maxLines) break;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= maxLines) return lines;
  const last = lines.slice(maxLines - 1).join(' ');
  return [...lines.slice(0, maxLines - 1), startOf(last, fits)];
};

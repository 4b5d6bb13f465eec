/**
 * Text of strangers as one line: without control characters (a line break in a subject would start a header), and without
 * the marks that turn the writing direction around (a name could make the words after it read differently).
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();

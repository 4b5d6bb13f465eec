import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakLines } from './break-lines.ts';

const fits = (line: string): boolean => [...line].length <= 12;

test('lines break between words, and the rest is an ellipsis', () => {
  expect(breakLines('The Winter Concert of the year', { fits, maxLines: 3 })).toEqual([
    'The Winter',
    'Concert of',
    'the year',
  ]);
  expect(breakLines('The Winter Concert of the year', { fits, maxLines: 2 })).toEqual([
    'The Winter',
    'Concert of…',
  ]);
});

test('a word longer than a line is broken, and a script without spaces between its words', () => {
  expect(breakLines('W'.repeat(20), { fits, maxLines: 2 })).toEqual(['W'.repeat(12), 'W'.repeat(8)]);
  expect(breakLines('交響曲第九番合唱付きベートーヴェン', { fits, maxLines: 3 }).length).toBe(2);
});

test('no line is wider than fits and there are never more than allowed, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 1, max: 4 }),
      (text, maxLines) => {
        const wide = (line: string): boolean => [...new Intl.Segmenter().segment(line)].length <= 12;
        const lines = breakLines(text, { fits: wide, maxLines });
        expect(lines.length).toBeLessThanOrEqual(maxLines);
        for (const line of lines) expect(wide(line)).toBe(true);
      },
    ),
  );
});

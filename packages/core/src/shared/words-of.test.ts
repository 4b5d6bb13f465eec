import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';
import { MAX_WORD_LENGTH, searchWordsOf, wordsOf } from './words-of.ts';

describe('a folded text', () => {
  it.each([
    ['KÖLN', 'koln'],
    ['Ko\u0308ln', 'koln'],
    ['Łódź', 'lodz'],
    ['Straße', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ﬁne', 'fine'],
    ['Ｔｏｋｙｏ', 'tokyo'],
    ['Αθήνα', 'αθηνα'],
    ['Ёлка', 'елка'],
    ['서울', '서울'],
    ['हिन्दी', 'हिन्दी'],
  ])('of %s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('is the same for every case and composition of a text, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
        expect(foldText(text.normalize('NFD'))).toBe(folded);
      }),
    );
  });
});

describe('the words of a text', () => {
  it('end where neither letters, digits nor marks are', () => {
    expect(wordsOf(' AC/DC & Friends — 25th, «live»! ')).toEqual(['ac', 'dc', 'friends', '25th', 'live']);
    expect(wordsOf('?!')).toEqual([]);
  });

  it('with an apostrophe are found joined and in parts, with any apostrophe', () => {
    expect(searchWordsOf(['Night’s'])).toEqual(['nights', 'night', 's']);
    expect(searchWordsOf(["L'Opéra"])).toEqual(['lopera', 'l', 'opera']);
    expect(wordsOf("o'brien")).toEqual(['obrien']);
  });

  it('are found by what people type of them, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const found = searchWordsOf([text]);
        expect(found).toEqual(expect.arrayContaining(wordsOf(text)));
        expect(found.every((word) => [...word].length <= MAX_WORD_LENGTH)).toBe(true);
      }),
    );
  });
});

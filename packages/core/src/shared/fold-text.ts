/** Letters that Unicode does not take apart into a base letter and a mark, as people without them on the keyboard type them. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

/** Marks that Latin, Greek and Cyrillic put on letters. Those of other scripts are letters to who reads them, and stay. */
const MARKS = /[\u0300-\u036f]/g;

/** What is compared instead of a text: no case, no marks, one spelling. `KÖLN`, `Köln` and `koln` are the same. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(/[ßæœøđðħłıþ]/g, (letter) => SPELLED[letter] ?? letter)
    .normalize('NFC');

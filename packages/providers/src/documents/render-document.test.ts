import { describe, expect, test } from 'vitest';
import { createFontBook } from './font-book.ts';
import { renderDocument } from './render-document.ts';
import { sampleReceipt, sampleSheet } from './testing/sample-sheet.ts';
import { visualRuns } from './visual-runs.ts';

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
const facesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/BaseFont/g)?.length ?? 0;

test('each ticket has a page of its own, also when everything on it is as long as can be', async () => {
  const long = 'Wolfeschlegelsteinhausenbergerdorff & <b>sons</b> '.repeat(20);
  const hostile = sampleSheet({
    title: long,
    venue: long,
    address: long,
    place: long,
    typeName: long,
    attendeeName: 'W'.repeat(2_000),
    organizer: long,
    terms: [long, long, long],
    eventTerms: [long, long, long],
  });
  expect(pagesOf(await renderDocument({ kind: 'tickets', sheets: [sampleSheet(), hostile, hostile] }))).toBe(
    3,
  );
});

test('a receipt goes over as many pages as its lines need', async () => {
  const lines = Array.from({ length: 100 }, () => sampleReceipt.lines).flat();
  expect(pagesOf(await renderDocument({ kind: 'receipt', receipt: sampleReceipt }))).toBe(1);
  expect(
    pagesOf(await renderDocument({ kind: 'receipt', receipt: { ...sampleReceipt, lines } })),
  ).toBeGreaterThan(2);
});

describe('names', () => {
  const book = createFontBook();
  test.each([
    ['Latin', 'Zoë Łukasiewicz-Ñandú'],
    ['Vietnamese', 'Đặng Thị Mỹ Nguyễn'],
    ['Greek', 'Αλέξανδρος Παπαδόπουλος'],
    ['Cyrillic', 'Александра Ґалаґан'],
    ['Hebrew', 'משה בן־דוד כהן'],
    ['Arabic', 'محمد بن عبد الله الفاسي'],
    ['Devanagari', 'अमिताभ श्रीवास्तव'],
    ['Thai', 'สมชาย ใจดี'],
    ['Japanese', '山田 太郎 こんにちは'],
    ['simplified Chinese', '张伟 陈晓明 龙'],
    ['Korean', '김철수 이영희'],
  ])('in %s have a glyph for every character', async (_script, name) => {
    for (const weight of ['regular', 'bold'] as const)
      for (const { text, face } of visualRuns(name, weight, book))
        for (const { id } of face.font.layout(text, []).glyphs) expect(id).not.toBe(0);
    const pdf = await renderDocument({ kind: 'tickets', sheets: [sampleSheet({ attendeeName: name })] });
    expect(facesOf(pdf)).toBeGreaterThan(0);
  });

  test('of a script that no font has are drawn as boxes, one for each character', () => {
    const [run] = visualRuns('አማርኛ', 'bold', book);
    expect(run?.face.font.layout('አማርኛ', []).glyphs.map(({ id }) => id)).toEqual([0, 0, 0, 0]);
  });

  test('from right to left stand so beside Latin and digits', () => {
    const texts = (name: string) => visualRuns(name, 'bold', book).map(({ text }) => text);
    expect(texts('Jazz كمان')).toEqual(['Jazz ', 'كمان']);
    expect(texts('كمان 12')).toEqual(['12', ' ', 'كمان']);
    expect(texts('כהן (Mo)').join('')).toBe('(Mo) כהן');
    expect(texts('عبد الله').filter((text) => text !== ' ')).toEqual(['الله', 'عبد']);
  });
});

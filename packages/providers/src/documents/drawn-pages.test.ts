import { describe, expect, test } from 'vitest';
import { drawQr } from './draw-qr.ts';
import { renderDocument } from './render-document.ts';
import { type DrawnPage, readPdf } from './testing/read-pdf.ts';
import { sampleReceipt, sampleSheet } from './testing/sample-sheet.ts';

const onlyPage = async (pdf: Promise<Buffer>): Promise<DrawnPage> => {
  const [page, ...more] = await readPdf(await pdf);
  if (page === undefined || more.length > 0) throw new Error('not one page');
  return page;
};
const ticket = (over: Parameters<typeof sampleSheet>[0] = {}, qr?: typeof drawQr): Promise<DrawnPage> =>
  onlyPage(renderDocument({ kind: 'tickets', sheets: [sampleSheet(over)] }, qr));

describe('a drawn ticket', () => {
  test('can be scanned for its code and for nothing else, whichever page it is on', async () => {
    const codes = ['1', '2'].map((n) => `EH1.${n.repeat(75)}.${'B'.repeat(86)}`);
    const sheets = codes.map((code) => sampleSheet({ code }));
    const pages = await readPdf(await renderDocument({ kind: 'tickets', sheets }));
    expect(pages.map(({ qr }) => qr)).toEqual(codes);
  });
  test('twin: a page without its code, or with another one, is seen', async () => {
    expect((await ticket({}, () => undefined)).qr).toBeNull();
    const other = await ticket({}, (doc, text, box) => drawQr(doc, `${text}.`, box));
    expect(other.qr).not.toBe(sampleSheet().code);
  });

  test('says what a steward compares and what its buyer may ask for', async () => {
    const { lines } = await ticket({
      terms: ['This ticket lets one person in, once.', 'Do not post it.'],
      eventTerms: ['No glass.', 'No refunds after the doors open.'],
    });
    expect(lines).toEqual([
      'Aurora Stages Ticket 1 of 3',
      'The Winter Concert: Sibelius, Grieg and',
      'Nielsen',
      'Thursday 31 December 2026, 20:00 (Berlin time)',
      'Doors open at 19:00',
      'Great Hall',
      'Am Markt 1, 04109 Leipzig, Germany',
      'Place',
      'Stalls, row 4, seat 12',
      'Ticket',
      'Adult',
      'Name',
      'Ada Lovelace',
      'Booking',
      'EVT-7K3M9Q',
      'This ticket lets one person in, once.',
      'Do not post it.',
      'Terms of the organizer',
      'No glass.',
      'No refunds after the doors open.',
    ]);
  });

  test('of an event that was put off has no hour, and nothing that stands for one', async () => {
    const { lines } = await ticket({ day: 'Date to be announced', time: null, doors: null });
    expect(lines.filter((line) => line.includes('announced'))).toEqual(['Date to be announced']);
  });

  test('has everything on its page, however long it is', async () => {
    const long = 'Wolfeschlegelsteinhausenbergerdorff & <b>sons</b> '.repeat(20);
    const page = await ticket({
      ...{ title: long, venue: long, address: long, place: long, typeName: long, organizer: long },
      attendeeName: 'W'.repeat(2_000),
      terms: [long, long, long],
      eventTerms: [long, long, long],
    });
    for (const { x, y, width, text } of page.texts) {
      expect([text, x >= 0 && x + width <= page.width + 0.5]).toEqual([text, true]);
      expect([text, y > 0 && y < page.height]).toEqual([text, true]);
    }
    expect(page.qr).toBe(sampleSheet().code);
  });
});

describe('a name', () => {
  /** Shaping joins letters and moves marks, and every word is drawn by itself: what is left to compare are the letters. */
  const lettersOf = (text: string): string =>
    [...text.replace(/[\s\p{Cc}]/gu, '').normalize('NFD')].toSorted().join('');
  const names = [
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
  ] as const;
  const nameLine = ({ lines }: DrawnPage): string => lines[lines.indexOf('Name') + 1] ?? '';
  const drawnName = (page: DrawnPage) => {
    const label = page.texts.findIndex(({ text }) => text === 'Name');
    const end = page.texts.findIndex(({ text }) => text === 'Booking');
    return page.texts.slice(label + 1, end).filter(({ width }) => width > 0);
  };

  test('in each of our scripts is drawn with all of its letters, in dark on light', async () => {
    const sheets = names.map(([, attendeeName]) => sampleSheet({ attendeeName }));
    const pages = await readPdf(await renderDocument({ kind: 'tickets', sheets }));
    for (const [i, [script, name]] of names.entries()) {
      const page = pages[i];
      if (page === undefined) throw new Error('a page is missing');
      expect([script, lettersOf(nameLine(page))]).toEqual([script, lettersOf(name)]);
      const ink = drawnName(page).reduce((sum, text) => sum + page.inkOf(text), 0);
      expect([script, ink > 100]).toEqual([script, true]);
    }
  }, 20_000);

  test('from right to left begins at the right, and its Latin part reads as it does', async () => {
    const page = await ticket({ attendeeName: 'משה כהן (Mo)' });
    expect(nameLine(page)).toBe('(Mo) כהן משה');
  });

  test('of which we have no letters is a box for each, and none is left out in silence', async () => {
    const page = await ticket({ attendeeName: 'አማ 🎫' });
    const boxes = drawnName(page);
    expect(boxes.reduce((sum, text) => sum + page.inkOf(text), 0)).toBeGreaterThan(100);
  });
});

describe('a drawn receipt', () => {
  test('can be copied and read aloud also after another document was drawn by the same thread', async () => {
    // The points of this colon are those of the sums that come after it.
    await renderDocument({ kind: 'tickets', sheets: [sampleSheet({ place: 'Box: 4' })] });
    const receipt = { ...sampleReceipt, total: '117.00 EUR' };
    const page = await onlyPage(renderDocument({ kind: 'receipt', receipt }));
    expect(page.lines).toContain('Total 117.00 EUR');
  });

  test('says who paid whom for what, and its sums add up', async () => {
    const lines = [
      { what: '2 × Adult', each: '45.00 EUR', sum: '90.00 EUR' },
      { what: '1 × Concession', each: '27.00 EUR', sum: '27.00 EUR' },
    ];
    const receipt = { ...sampleReceipt, lines, total: '117.00 EUR' };
    const page = await onlyPage(renderDocument({ kind: 'receipt', receipt }));
    expect(page.lines).toEqual([
      'Receipt',
      'Booking EVT-7K3M9Q, paid on 1 November 2026',
      'Sold byPaid by',
      'Aurora StagesAda Lovelace',
      'ada@example.org',
      'For',
      'The Winter Concert',
      'Thursday 31 December 2026, 20:00 (Berlin time)',
      'Great Hall, Am Markt 1, 04109 Leipzig, Germany',
      'Each Sum',
      '2 × Adult 45.00 EUR 90.00 EUR',
      '1 × Concession 27.00 EUR 27.00 EUR',
      'Total 117.00 EUR',
      'This receipt is no invoice for tax purposes.',
    ]);
    const sums = page.lines.flatMap((line) => /× .* ([\d.]+) EUR$/.exec(line)?.[1] ?? []);
    const total = page.lines.flatMap((line) => /^Total ([\d.]+)/.exec(line)?.[1] ?? []);
    expect(sums.map(Number).reduce((a, b) => a + b, 0)).toBe(Number(total[0]));
  });

  test('of a hundred lines prints each of them once, over several pages', async () => {
    const lines = Array.from({ length: 100 }, (_, n) => ({
      what: `1 × Kind ${n + 1}.`,
      each: '1.00 EUR',
      sum: '1.00 EUR',
    }));
    const receipt = { ...sampleReceipt, lines, total: '100.00 EUR' };
    const pages = await readPdf(await renderDocument({ kind: 'receipt', receipt }));
    const printed = pages.flatMap((page) => page.lines).filter((line) => line.includes('× Kind'));
    expect(printed.map((line) => Number(/Kind (\d+)\./.exec(line)?.[1]))).toEqual(lines.map((_, n) => n + 1));
    expect(pages.at(-1)?.lines).toContain('Total 100.00 EUR');
  });
});

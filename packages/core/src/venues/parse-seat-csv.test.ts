import { describe, expect, it } from 'vitest';
import { parseSeatCsv } from './parse-seat-csv.ts';

const HEADER = 'section,row,seat,category,x,y,accessible';
const faultsOf = (text: string) => {
  const parsed = parseSeatCsv(text);
  return parsed.ok ? [] : parsed.faults.map((f) => `${f.place}: ${f.message}`);
};
const seatsOf = (text: string) => {
  const parsed = parseSeatCsv(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.seats;
};

describe('a seat list in CSV', () => {
  it('gives seats in file order with guids made of section, row and seat', () => {
    expect(parseSeatCsv(`${HEADER}\nStalls,1,1,A,10.5,-20,\nStalls,1,2,B,11,20,yes\n`)).toEqual({
      ok: true,
      name: null,
      categories: [
        { name: 'A', color: null },
        { name: 'B', color: null },
      ],
      seats: [
        {
          guid: 'Stalls/1/1',
          section: 'Stalls',
          row: '1',
          number: '1',
          category: 'A',
          x: 10.5,
          y: -20,
          accessible: false,
        },
        {
          guid: 'Stalls/1/2',
          section: 'Stalls',
          row: '1',
          number: '2',
          category: 'B',
          x: 11,
          y: 20,
          accessible: true,
        },
      ],
      ignored: [],
    });
  });

  it.each([
    ['a byte order mark', `\uFEFF${HEADER}\nS,1,1,A,1,2,\n`],
    ['CRLF', `${HEADER}\r\nS,1,1,A,1,2,\r\n`],
    ['CR', `${HEADER}\rS,1,1,A,1,2,\r`],
    ['no line break at the end', `${HEADER}\nS,1,1,A,1,2,`],
    ['blank lines', `\n${HEADER}\n\nS,1,1,A,1,2,\n\n`],
    ['semicolons', `${HEADER.replaceAll(',', ';')}\nS;1;1;A;1,0;2;\n`],
    ['tabs', `${HEADER.replaceAll(',', '\t')}\nS\t1\t1\tA\t1\t2\t\n`],
    ['quotes', `"section",row,seat,category,x,y,accessible\n"S","1",1,"A",1,2,""\n`],
    ['another order and case', 'Y,X,Category,Seat,Row,Section\n2,1,A,1,1,S\n'],
  ])('is read with %s', (_what, text) => {
    expect(seatsOf(text)).toEqual([
      { guid: 'S/1/1', section: 'S', row: '1', number: '1', category: 'A', x: 1, y: 2, accessible: false },
    ]);
  });

  it('keeps delimiters, quotes and line breaks of quoted cells', () => {
    expect(seatsOf(`${HEADER}\n"Box ""A"", left",1,1,A,1,2,\n`)[0]?.section).toBe('Box "A", left');
    // A line break is no part of a name, but it must not shift the lines of later faults.
    expect(faultsOf(`${HEADER}\n"two\nlines",1,1,A,1,2,\nS,1,1,A,oops,2,\n`)).toEqual([
      'line 2, section: has control characters',
      'line 4, x: must be a number between -1000000 and 1000000',
    ]);
  });

  it('tells guids apart that differ only in where the slash stands', () => {
    const guids = seatsOf(`${HEADER}\nA/1,2,3,A,1,2,\nA,1/2,3,A,1,2,\nA%2F1,2,3,A,1,2,\n`).map(
      (seat) => seat.guid,
    );
    expect(new Set(guids).size).toBe(3);
  });

  it('reports every fault with its line and goes on', () => {
    const text = [
      HEADER,
      'S,1,1,A,1,2,',
      'S,1,1,A,1,2,',
      ',1,2,A,1,2,',
      'S,1,3,A,1',
      'S,1,4,A,1e5,2,perhaps',
      'S,1,"5"x,A,1,2,',
      'S,1,6,,NaN,Infinity,',
      'S,1,7,A,1,2,"never closed',
      'S,1,8,A,9999999,2,',
    ].join('\r\n');
    expect(faultsOf(text)).toEqual([
      'line 3: is section S, row 1, seat 1 as line 2',
      'line 4, section: must not be empty',
      'line 5: has 5 cells; the header has 7',
      'line 6, x: must be a number between -1000000 and 1000000',
      'line 6, accessible: must be yes or no (or 1 or 0, true or false)',
      'line 7: has text after a closing quote',
      'line 8, category: must not be empty',
      'line 8, x: must be a number between -1000000 and 1000000',
      'line 8, y: must be a number between -1000000 and 1000000',
      'line 9: has a quote that is not closed',
      'line 10, x: must be a number between -1000000 and 1000000',
    ]);
  });

  it('reports what the header lacks or names twice', () => {
    expect(faultsOf('section,row,seat,x,y,x\nS,1,1,1,2,3')).toEqual([
      'line 1: names the column x twice',
      'line 1: lacks the column category',
    ]);
    expect(faultsOf('')).toEqual(['the file: is empty']);
    expect(faultsOf(`${HEADER}\n`)).toEqual(['the file: has no seats']);
  });

  it('lists other columns once', () => {
    const parsed = parseSeatCsv(`${HEADER},note\nS,1,1,A,1,2,,hello\nS,1,2,A,1,2,,you\n`);
    expect(parsed.ok && parsed.ignored).toEqual(['column note (1)']);
  });

  it('refuses the seat after the 100,000th and keeps at most 5,000 faults, counting all', () => {
    const rows = (n: number, line: (i: number) => string) =>
      `${HEADER}\n${Array.from({ length: n }, (_, i) => line(i)).join('\n')}`;
    expect(seatsOf(rows(100_000, (i) => `S,1,${i},A,1,2,`))).toHaveLength(100_000);
    expect(faultsOf(rows(100_001, (i) => `S,1,${i},A,1,2,`))).toEqual([
      'line 100002: is one seat too many; a map holds up to 100000 seats',
    ]);
    const broken = parseSeatCsv(rows(50_000, () => 'S,1,1'));
    expect(broken).toMatchObject({ ok: false, total: 50_000 });
    expect(!broken.ok && broken.faults).toHaveLength(5_000);
  });
});

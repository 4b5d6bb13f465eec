import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testId } from '../inventory/testing/seated-event.ts';
import { csvRecords } from '../shared/csv-records.ts';
import type { AttendeeRow } from './attendee-import.ts';
import { reportCsv } from './report-csv.ts';

const row = (name: string, reason: string): AttendeeRow => ({
  importId: testId('imp'),
  line: 2,
  name,
  email: null,
  ticketTypeId: testId('tty'),
  selection: { kind: 'seats', unitIds: ['s:1'] },
  note: null,
  holdId: testId('hld'),
  price: 0,
  status: 'refused',
  reason,
  bookingId: null,
  reference: null,
});

test('whatever the names are, a report reads back line by line, and no cell is a formula', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom('=1+1', '+1', '-1', '@SUM', '\tx', '"')),
      ),
      (cells) => {
        const report = reportCsv(cells.map(([name, reason]) => row(name, reason)));
        const read = [...csvRecords(report.slice(1), ',')].slice(1);
        expect(read.map(({ fault }) => fault)).toEqual(cells.map(() => null));
        read.forEach((record, i) => {
          const [name, reason] = cells[i] ?? [];
          for (const cell of record.cells) expect(cell).not.toMatch(/^(?:[\t\r]|\s*[=+\-@＝＋－＠])/);
          expect([record.cells[1], record.cells[5]].map((cell) => cell?.replaceAll("'", ''))).toEqual(
            [name, reason].map((text) => text?.replaceAll("'", '')),
          );
        });
      },
    ),
  );
});

test.each([',', ';', '\t', '|'])(
  'no cell is a formula for a program that splits the lines at %j',
  (separator) => {
    const text = fc.array(
      fc.constantFrom(';', ',', '\t', '|', '\r', '\n', ' ', '"', '=', '＝', '+', '-', '@', 'x'),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const report = reportCsv([row(parts.join(''), 'x;=1+1')]).slice(1);
        // With heed to quotes and without.
        const cells = [
          ...[...csvRecords(report, separator)].flatMap((record) => record.cells),
          ...report.split(/[\r\n]/).flatMap((line) => line.split(separator)),
        ];
        for (const cell of cells) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
      }),
      { numRuns: 500 },
    );
  },
);

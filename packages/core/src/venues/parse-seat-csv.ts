import { csvRecords, delimiterOf } from '../shared/csv-records.ts';
import { faultList } from '../shared/import-fault.ts';
import { ignoredThings } from './ignored-things.ts';
import { faulty, MAX_IMPORT_LENGTH, type ParsedSeatMap } from './parsed-seat-map.ts';
import { MAX_SEATS, type Seat } from './seat-map.ts';
import { tidyPosition, whyNotName, whyNotPosition } from './seat-rules.ts';

const REQUIRED = ['section', 'row', 'seat', 'category', 'x', 'y'] as const;
const COLUMNS = [...REQUIRED, 'accessible'] as const;
type Column = (typeof COLUMNS)[number];

const YES: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'y', 'x']);
const NO: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'n']);

/**
 * Reads a seat list in CSV: a header with section, row, seat, category, x, y and optionally accessible, in any order; comma,
 * semicolon or tab (told from the header); UTF-8 with or without BOM; a decimal comma where the delimiter is no comma. Every fault
 * is reported with its line. Other columns are read over and listed once in `ignored`. A seat's guid is `section/row/seat`.
 */
export const parseSeatCsv = (text: string): ParsedSeatMap => {
  if (text.length > MAX_IMPORT_LENGTH)
    return faulty('the file', `is larger than ${MAX_IMPORT_LENGTH / 1024 / 1024} MB`);
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const delimiter = delimiterOf(body);
  const records = csvRecords(body, delimiter);
  const header = records.next().value;
  if (header === undefined) return faulty('the file', 'is empty');
  if (header.fault !== null) return faulty(`line ${header.line}`, header.fault);

  const faults = faultList();
  const ignored = ignoredThings();
  const index = new Map<Column, number>();
  header.cells.forEach((cell, i) => {
    const name = cell.trim().toLowerCase();
    const column = COLUMNS.find((known) => known === name);
    if (column === undefined) ignored.add(name === '' ? 'columns without a name' : `column ${name}`);
    else if (index.has(column)) faults.add(`line ${header.line}`, `names the column ${column} twice`);
    else index.set(column, i);
  });
  for (const column of REQUIRED)
    if (!index.has(column)) faults.add(`line ${header.line}`, `lacks the column ${column}`);
  if (faults.total > 0) return { ok: false, faults: faults.faults, total: faults.total };

  const seats: Seat[] = [];
  const categories = new Set<string>();
  const lines = new Map<string, number>();
  for (const { line, cells, fault } of records) {
    if (fault !== null) {
      faults.add(`line ${line}`, fault);
      continue;
    }
    if (seats.length >= MAX_SEATS) {
      faults.add(`line ${line}`, `is one seat too many; a map holds up to ${MAX_SEATS} seats`);
      break;
    }
    if (cells.length !== header.cells.length) {
      faults.add(`line ${line}`, `has ${cells.length} cells; the header has ${header.cells.length}`);
      continue;
    }
    const raw = (column: Column): string => cells[index.get(column) ?? -1]?.trim() ?? '';
    const name = (column: Column): string => {
      const value = raw(column);
      const why = value === '' ? 'must not be empty' : whyNotName(value);
      if (why !== null) faults.add(`line ${line}, ${column}`, why);
      return value;
    };
    const position = (column: 'x' | 'y'): number => {
      const value = numberOf(raw(column), delimiter);
      const why = whyNotPosition(value);
      if (why !== null) faults.add(`line ${line}, ${column}`, why);
      return tidyPosition(value);
    };
    const seat: Seat = {
      section: name('section'),
      row: name('row'),
      number: name('seat'),
      category: name('category'),
      x: position('x'),
      y: position('y'),
      accessible: YES.has(raw('accessible').toLowerCase()),
      guid: [raw('section'), raw('row'), raw('seat')].map(guidPart).join('/'),
    };
    if (!seat.accessible && !NO.has(raw('accessible').toLowerCase()))
      faults.add(`line ${line}, accessible`, 'must be yes or no (or 1 or 0, true or false)');
    const first = lines.get(seat.guid);
    if (first === undefined) lines.set(seat.guid, line);
    else if (seat.number !== '')
      faults.add(
        `line ${line}`,
        `is section ${seat.section}, row ${seat.row}, seat ${seat.number} as line ${first}`,
      );
    categories.add(seat.category);
    seats.push(seat);
  }
  if (seats.length === 0 && faults.total === 0) faults.add('the file', 'has no seats');
  if (faults.total > 0) return { ok: false, faults: faults.faults, total: faults.total };
  return {
    ok: true,
    name: null,
    categories: [...categories].map((category) => ({ name: category, color: null })),
    seats,
    ignored: ignored.list(),
  };
};

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

const numberOf = (cell: string, delimiter: string): number => {
  const text = delimiter === ',' ? cell : cell.replace(',', '.');
  return NUMBER.test(text) ? Number(text) : Number.NaN;
};

/** `/` separates the parts of a guid, so it is written otherwise inside them. */
const guidPart = (part: string): string => part.replaceAll('%', '%25').replaceAll('/', '%2F');

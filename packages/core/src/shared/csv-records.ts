export type CsvRecord = {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set when the record's quotes are wrong; its cells are not to be trusted. */
  readonly fault: string | null;
};

/** The one of `,` `;` and tab that the header has most of. */
export const delimiterOf = (text: string): string => {
  const header = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
};

/**
 * Splits CSV text (RFC 4180: quoted cells may hold delimiters, doubled quotes and line breaks; LF, CRLF or CR) into records,
 * blank lines left out. Our own, because an import has to name the line of every fault: csv-parse swallows the records after a wrong
 * quote and counts CRLF lines twice in that case. After a wrong quote reading goes on at the next
 * line of the file: the quote may have swallowed that one.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord, undefined> {
  let position = 0;
  let line = 1;
  while (position < text.length) {
    const record = readRecord(text, position, delimiter);
    if (record.cells.length > 1 || record.cells[0] !== '' || record.fault !== null)
      yield { line, cells: record.cells, fault: record.fault };
    line += countLineBreaks(text, position, record.end);
    position = record.end;
  }
  return undefined;
}

type Read = { readonly cells: string[]; readonly fault: string | null; readonly end: number };

const readRecord = (text: string, start: number, delimiter: string): Read => {
  const cells: string[] = [];
  let position = start;
  for (;;) {
    if (text[position] === '"') {
      const cell = readQuoted(text, position);
      if (cell === null)
        return { cells, fault: 'has a quote that is not closed', end: nextLine(text, start) };
      cells.push(cell.value);
      position = cell.end;
      const after = text[position];
      if (after !== undefined && after !== delimiter && after !== '\n' && after !== '\r')
        return { cells, fault: 'has text after a closing quote', end: nextLine(text, start) };
    } else {
      const end = endOfPlain(text, position, delimiter);
      cells.push(text.slice(position, end));
      position = end;
    }
    if (text[position] !== delimiter) return { cells, fault: null, end: nextLine(text, position) };
    position += 1;
  }
};

const readQuoted = (text: string, start: number): { value: string; end: number } | null => {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
};

const endOfPlain = (text: string, start: number, delimiter: string): number => {
  let end = start;
  while (end < text.length) {
    const c = text[end];
    if (c === delimiter || c === '\n' || c === '\r') break;
    end += 1;
  }
  return end;
};

/** The offset after the line break that ends the line of `position`. */
const nextLine = (text: string, position: number): number => {
  let end = position;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
};

const countLineBreaks = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let i = from; i < Math.min(to, text.length); i += 1) {
    if (text[i] === '\n' || (text[i] === '\r' && text[i + 1] !== '\n')) count += 1;
  }
  return count;
};

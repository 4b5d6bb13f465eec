import type { AttendeeRow } from './attendee-import.ts';

const HEADER = ['line', 'name', 'email', 'status', 'reference', 'reason', 'booking'] as const;

/** What a spreadsheet would take for a formula (OWASP, CSV injection); an apostrophe before it makes it text. */
const FORMULA = /^(?:[\t\r]|[\s"]*[=+\-@＝＋－＠])/;
/** The same for one that is told another separator than the comma, or none of the quotes: there a cell begins in the midst of ours. */
const INNER_FORMULA = /([;,\t|\r\n])([\s"]*)(?=[=+\-@＝＋－＠])/g;

/** Always quoted, so that no text of a stranger is read as anything but text. */
const cellOf = (text: string): string =>
  `"${(FORMULA.test(text) ? `'${text}` : text).replace(INNER_FORMULA, "$1$2'").replaceAll('"', '""')}"`;

/** What became of each line of an import, as CSV (RFC 4180, UTF-8 with BOM for spreadsheets). Pure. */
export const reportCsv = (rows: readonly AttendeeRow[]): string =>
  `\uFEFF${[
    HEADER,
    ...rows.map(({ line, name, email, status, reference, reason, bookingId }) => [
      String(line),
      name,
      email ?? '',
      status,
      reference ?? '',
      reason ?? '',
      bookingId ?? '',
    ]),
  ]
    .map((cells) => `${cells.map(cellOf).join(',')}\r\n`)
    .join('')}`;

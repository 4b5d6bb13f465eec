import type { EventWithLayout } from '../inventory/ports.ts';
import { csvRecords, delimiterOf } from '../shared/csv-records.ts';
import { faultList, type ImportFault } from '../shared/import-fault.ts';
import { type Attendee, MAX_ATTENDEES } from './attendee-import.ts';
import { ATTENDEE_COLUMNS, type AttendeeColumn, attendeeReader, REQUIRED_COLUMNS } from './read-attendee.ts';

/** In UTF-16 units: 5,000 lines with the longest cells that are read take about as much. */
export const MAX_ATTENDEES_LENGTH = 8 * 1024 * 1024;

/** What a file understood, or everything that is wrong with it. */
export type ParsedAttendees =
  | { readonly ok: true; readonly attendees: readonly Attendee[] }
  | { readonly ok: false; readonly faults: readonly ImportFault[]; readonly total: number };

const faulty = (place: string, message: string): ParsedAttendees => ({
  ok: false,
  faults: [{ place, message }],
  total: 1,
});

/**
 * Reads a list of attendees in CSV for an event: a header with name, ticket_type and any of email, price_category, area, seat and
 * note, in any order; comma, semicolon or tab; UTF-8 with or without BOM. Every fault is reported with its line; an unknown column is
 * one, because what it says would be lost. See docs/box-office.md. Pure.
 */
export const parseAttendeeCsv = (text: string, known: EventWithLayout): ParsedAttendees => {
  if (text.length > MAX_ATTENDEES_LENGTH)
    return faulty('the file', `is larger than ${MAX_ATTENDEES_LENGTH / 1024 / 1024} MB`);
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const records = csvRecords(body, delimiterOf(body));
  const header = records.next().value;
  if (header === undefined) return faulty('the file', 'is empty');
  if (header.fault !== null) return faulty(`line ${header.line}`, header.fault);

  const faults = faultList();
  const index = new Map<AttendeeColumn, number>();
  header.cells.forEach((cell, i) => {
    const name = cell.trim().toLowerCase();
    const column = ATTENDEE_COLUMNS.find((one) => one === name);
    if (column === undefined)
      faults.add(
        `line ${header.line}`,
        `has a column ${JSON.stringify(name)}; known are ${ATTENDEE_COLUMNS.join(', ')}`,
      );
    else if (index.has(column)) faults.add(`line ${header.line}`, `names the column ${column} twice`);
    else index.set(column, i);
  });
  for (const column of REQUIRED_COLUMNS)
    if (!index.has(column)) faults.add(`line ${header.line}`, `lacks the column ${column}`);
  if (faults.total > 0) return { ok: false, faults: faults.faults, total: faults.total };

  const attendees: Attendee[] = [];
  const read = attendeeReader(known);
  let lines = 0;
  for (const { line, cells, fault } of records) {
    if (fault !== null) {
      faults.add(`line ${line}`, fault);
      continue;
    }
    lines += 1;
    if (lines > MAX_ATTENDEES) {
      faults.add(`line ${line}`, `is one too many; an import has up to ${MAX_ATTENDEES} attendees`);
      break;
    }
    if (cells.length !== header.cells.length) {
      faults.add(`line ${line}`, `has ${cells.length} cells; the header has ${header.cells.length}`);
      continue;
    }
    const cell = (column: AttendeeColumn): string => cells[index.get(column) ?? -1]?.trim() ?? '';
    const attendee = read(line, cell, (column, message) => faults.add(`line ${line}, ${column}`, message));
    if (attendee !== null) attendees.push(attendee);
  }
  if (attendees.length === 0 && faults.total === 0) faults.add('the file', 'has no attendees');
  return faults.total > 0
    ? { ok: false, faults: faults.faults, total: faults.total }
    : { ok: true, attendees };
};

import { z } from 'zod';
import type { EventWithLayout } from '../inventory/ports.ts';
import type { UnitId } from '../inventory/unit.ts';
import { lineSchema, proseSchema } from '../shared/text.ts';
import type { Attendee } from './attendee-import.ts';
import { anyOfCategory, areaPlace, named, sameName, seatNamer, type Wanted } from './name-places.ts';

export const REQUIRED_COLUMNS = ['name', 'ticket_type'] as const;
export const ATTENDEE_COLUMNS = [
  ...REQUIRED_COLUMNS,
  'email',
  'price_category',
  'area',
  'seat',
  'note',
] as const;
export type AttendeeColumn = (typeof ATTENDEE_COLUMNS)[number];

/** The text of a column, trimmed; empty when the file has no such column. */
export type Cell = (column: AttendeeColumn) => string;
type Fault = (column: AttendeeColumn, message: string) => void;

const FIELDS = {
  name: lineSchema(120),
  email: z.email('must be an e-mail address like ada@example.org, or empty').max(254).or(z.literal('')),
  note: proseSchema(1_000),
} as const;

/** Reads the lines of one file: names are as people see them, or ids. null for a line with a fault. */
export const attendeeReader = (known: EventWithLayout) => {
  const { event } = known;
  const seatOf = seatNamer(known);
  const lineOfSeat = new Map<UnitId, number>();

  const seat = (text: string, line: number, fault: Fault): Wanted | null => {
    const found = seatOf(text);
    if ('why' in found) {
      fault('seat', found.why);
      return null;
    }
    const first = lineOfSeat.get(found.found.unitId);
    if (first === undefined) lineOfSeat.set(found.found.unitId, line);
    else fault('seat', `is the seat of line ${first} as well`);
    return found.found;
  };

  const wantedOf = (line: number, cell: Cell, fault: Fault): Wanted | null => {
    const category = cell('price_category');
    if (cell('seat') !== '' && cell('area') !== '') {
      fault('area', 'cannot be named beside a seat');
      return null;
    }
    if (cell('seat') !== '') return seat(cell('seat'), line, fault);
    if (cell('area') === '' && category === '') {
      fault('price_category', 'is needed where neither a seat nor an area is named');
      return null;
    }
    const column = cell('area') === '' ? 'price_category' : 'area';
    const found = column === 'area' ? areaPlace(known, cell('area')) : anyOfCategory(known, category);
    if ('found' in found) return found.found;
    fault(column, found.why);
    return null;
  };

  return (line: number, cell: Cell, report: Fault): Attendee | null => {
    let faults = 0;
    const fault: Fault = (column, message) => {
      faults += 1;
      report(column, message);
    };
    for (const column of ['name', 'email', 'note'] as const) {
      const parsed = FIELDS[column].safeParse(cell(column));
      if (!parsed.success) fault(column, parsed.error.issues[0]?.message ?? 'is not valid');
    }
    const wanted = wantedOf(line, cell, fault);
    const type = named(event.ticketTypes, cell('ticket_type'), ({ id }) => id);
    if ('why' in type) fault('ticket_type', type.why);
    if (wanted === null || 'why' in type) return null;

    const category = event.priceCategories.find(({ key }) => key === wanted.priceCategory);
    const said = cell('price_category');
    if (said !== '' && said !== category?.key && !sameName(said, category?.name ?? ''))
      fault('price_category', `is ${category?.name ?? wanted.priceCategory} for this place`);
    if (type.found.prices[wanted.priceCategory] === undefined)
      fault('ticket_type', `is not sold in the price category ${category?.name ?? wanted.priceCategory}`);
    return faults > 0
      ? null
      : {
          line,
          name: cell('name'),
          email: cell('email') === '' ? null : cell('email'),
          ticketTypeId: type.found.id,
          selection: wanted.selection,
          note: cell('note') === '' ? null : cell('note'),
        };
  };
};

import { describe, expect, test } from 'vitest';
import { layoutOf } from '../inventory/layout.ts';
import { house, testEvent, testId } from '../inventory/testing/seated-event.ts';
import { MAX_ATTENDEES } from './attendee-import.ts';
import { parseAttendeeCsv } from './parse-attendee-csv.ts';

const known = house('..b', '..b');
const seat = (index: number): string => {
  const found = known.layout.seats[index];
  if (found === undefined) throw new Error(`no seat ${index}`);
  return `${found.section}/${found.row}/${found.number}`;
};
const unitOf = (index: number): string => known.layout.seatUnit(index).unitId;

const read = (...lines: string[]) => parseAttendeeCsv(lines.join('\n'), known);
const faultsOf = (...lines: string[]) => {
  const parsed = read(...lines);
  return parsed.ok ? [] : parsed.faults.map(({ place, message }) => `${place}: ${message}`);
};
const attendeesOf = (...lines: string[]) => {
  const parsed = read(...lines);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.attendees;
};

describe('a list of attendees', () => {
  test('names seats, areas and price categories as people see them, or by id', () => {
    const attendees = attendeesOf(
      'name,ticket_type,price_category,area,seat',
      `Ada,adult,,,${seat(0)}`,
      `Bea,${testId('tty')},,,${unitOf(1)}`,
      'Cleo,ADULT,,floor,',
      `Dora,Adult,,${testId('are')},`,
      'Edda,Adult,b,,',
      'Fay,Adult,S,,',
    );
    expect(attendees.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(attendees.map(({ selection }) => selection)).toMatchObject([
      { kind: 'seats', unitIds: [unitOf(0)] },
      { kind: 'seats', unitIds: [unitOf(1)] },
      { kind: 'places', areaId: testId('are'), quantity: 1 },
      { kind: 'places', areaId: testId('are'), quantity: 1 },
      { kind: 'best', priceCategory: 'B', quantity: 1 },
      { kind: 'places', areaId: testId('are'), quantity: 1 },
    ]);
  });

  test('is read with any delimiter, with a BOM, with line breaks in quotes, and told by the lines of the file', () => {
    const parsed = parseAttendeeCsv(
      '\uFEFFname;ticket_type;area;note\r\n"Ada; Countess";Adult;Floor;"two\r\nlines"\r\nBea;Adult;Floor;\r\n',
      known,
    );
    expect(parsed).toMatchObject({
      ok: true,
      attendees: [
        { line: 2, name: 'Ada; Countess', note: 'two\r\nlines', email: null },
        { line: 4, name: 'Bea', note: null },
      ],
    });
  });

  test('has a fault for each thing that is wrong, with the line and the column', () => {
    expect(
      faultsOf(
        'name,email,ticket_type,price_category,area,seat',
        ',ada,Child,A,,',
        `Ada,,Adult,B,,${seat(0)}`,
        `Ada,,Adult,,Floor,${seat(0)}`,
        `Ada,,Adult,,,${seat(0)}`,
        'Ada,,Adult,,,Nowhere/1/1',
        'Ada,,Adult,,,',
        '"Ada,,Adult,A,,',
        'Ada\u0007,,Adult,A,,',
      ),
    ).toEqual([
      'line 2, name: must not be empty',
      'line 2, email: must be an e-mail address like ada@example.org, or empty',
      'line 2, ticket_type: there is none of this name; there are Adult',
      'line 3, price_category: is A for this place',
      'line 4, area: cannot be named beside a seat',
      'line 5, seat: is the seat of line 3 as well',
      expect.stringMatching(/^line 6, seat: there is no seat "Nowhere\/1\/1"/),
      'line 7, price_category: is needed where neither a seat nor an area is named',
      'line 8: has a quote that is not closed',
      'line 9, name: has control characters',
    ]);
  });

  test('of which a column is unknown, missing or named twice is not read further', () => {
    expect(faultsOf('name,Name,e-mail', 'Ada,Ada,x')).toEqual([
      'line 1: names the column name twice',
      expect.stringMatching(/^line 1: has a column "e-mail"; known are name, ticket_type, email/),
      'line 1: lacks the column ticket_type',
    ]);
    expect(faultsOf('')).toEqual(['the file: is empty']);
    expect(faultsOf('name,ticket_type')).toEqual(['the file: has no attendees']);
  });

  test('has no more than the most there may be', () => {
    const lines = Array.from({ length: MAX_ATTENDEES + 1 }, () => 'Ada,Adult,Floor');
    expect(faultsOf('name,ticket_type,area', ...lines.slice(1))).toEqual([]);
    expect(faultsOf('name,ticket_type,area', ...lines)).toEqual([
      `line ${MAX_ATTENDEES + 2}: is one too many; an import has up to ${MAX_ATTENDEES} attendees`,
    ]);
  });

  test('asks for what the event does not sell, or does not say which', () => {
    const event = testEvent({
      areas: [
        { id: testId('are', 1), name: 'Left', capacity: 5, priceCategory: 'S' },
        { id: testId('are', 2), name: 'Right', capacity: 5, priceCategory: 'S' },
      ],
      ticketTypes: [{ id: testId('tty'), name: 'Adult', prices: { A: 1 } }],
    });
    const parsed = parseAttendeeCsv(
      ['name,ticket_type,price_category,area', 'Ada,Adult,S,', 'Ada,Adult,,Left'].join('\n'),
      { event, layout: layoutOf(event, []) },
    );
    expect(parsed).toMatchObject({
      faults: [
        {
          place: 'line 2, price_category',
          message: 'has several kinds of places; name the area or the seat',
        },
        { place: 'line 3, ticket_type', message: 'is not sold in the price category S' },
      ],
    });
  });
});

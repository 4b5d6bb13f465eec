import { faultList } from '../shared/import-fault.ts';
import { ignoredThings } from './ignored-things.ts';
import { nestsTooDeep, placeOfSyntaxError } from './json-shape.ts';
import { faulty, MAX_IMPORT_LENGTH, type ParsedSeatMap } from './parsed-seat-map.ts';
import { MAX_SEATS, type Seat, type SeatMapCategory } from './seat-map.ts';
import { isPlainColor, MAX_GUID, saysWheelchair, tidyPosition, whyNotPosition } from './seat-rules.ts';
import { type Obj, planReader } from './seating-plan-reader.ts';

/**
 * Reads the seating-plan JSON that pretix's editor exports. Reports every fault with its JSON path. Properties that
 * the format does not know, and its drawings (`areas`, `text` …), are read over and listed once in `ignored`.
 * A seat's section is its zone's name; its position is absolute: zone + row + seat.
 */
export const parseSeatingPlan = (text: string): ParsedSeatMap => {
  if (text.length > MAX_IMPORT_LENGTH)
    return faulty('the file', `is larger than ${MAX_IMPORT_LENGTH / 1024 / 1024} MB`);
  if (nestsTooDeep(text)) return faulty('the file', 'nests too deeply to be a seating plan');
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let plan: unknown;
  try {
    plan = JSON.parse(body);
  } catch {
    return faulty(placeOfSyntaxError(body), 'is not valid JSON');
  }
  return readPlan(plan);
};

const readPlan = (plan: unknown): ParsedSeatMap => {
  const faults = faultList();
  const ignored = ignoredThings();
  const read = planReader(faults, ignored);
  if (!read.isObject(plan))
    return faulty('the file', 'must hold a seating plan: an object with name, categories and zones');

  read.extras(plan, 'plan', ['name', 'size', 'categories', 'zones']);
  const name = read.name(plan, 'name', '', { required: true });
  read.size(plan);
  const categories = readCategories(plan);
  // Without a list of categories each seat's would be one fault more that says nothing new.
  const known = Array.isArray(plan.categories) ? new Set(categories.map((category) => category.name)) : null;
  const seats: Seat[] = [];
  const guids = new Map<string, string>();
  const labels = new Set<string>();
  let tooMany = false;

  read.each(plan, 'zones', '', (zone, zonePath) => {
    read.extras(zone, 'zone', ['name', 'displayed', 'position', 'rows', 'areas']);
    const section = read.name(zone, 'name', zonePath) ?? '';
    const origin = read.position(zone, zonePath, { required: true });
    if (Array.isArray(zone.areas) && zone.areas.length > 0)
      ignored.add('areas (drawings)', zone.areas.length);
    else if (zone.areas !== undefined && !Array.isArray(zone.areas))
      faults.add(`${zonePath}.areas`, 'must be a list');
    const rowNumbers = new Map<string, string>();
    read.each(zone, 'rows', zonePath, (row, rowPath) => {
      read.extras(row, 'row', [
        'row_number',
        'position',
        'seats',
        'number_of_seats',
        'seats_spacing',
        'row_label',
      ]);
      const rowNumber = read.name(row, 'row_number', rowPath, { required: true });
      if (rowNumber !== null) {
        const first = rowNumbers.get(rowNumber);
        if (first === undefined) rowNumbers.set(rowNumber, rowPath);
        else
          faults.add(
            `${rowPath}.row_number`,
            `is ${JSON.stringify(rowNumber)} as in ${first}; rows of a zone need different numbers`,
          );
      }
      const offset = read.position(row, rowPath);
      if (Array.isArray(row.seats) && row.seats.length === 0)
        faults.add(`${rowPath}.seats`, 'is empty; a row needs seats');
      read.each(row, 'seats', rowPath, (seat, seatPath) => {
        if (seats.length >= MAX_SEATS) {
          if (!tooMany) faults.add(seatPath, `is one seat too many; a map holds up to ${MAX_SEATS} seats`);
          tooMany = true;
          return;
        }
        read.extras(seat, 'seat', ['seat_guid', 'seat_number', 'category', 'position', 'seat_label']);
        const guid = read.name(seat, 'seat_guid', seatPath, { required: true, filled: true, max: MAX_GUID });
        if (guid !== null) {
          const first = guids.get(guid);
          if (first === undefined) guids.set(guid, seatPath);
          else
            faults.add(
              `${seatPath}.seat_guid`,
              `is ${JSON.stringify(guid)} as in ${first}; each seat needs its own`,
            );
        }
        const number = read.name(seat, 'seat_number', seatPath, { required: true, filled: true });
        const category = read.name(seat, 'category', seatPath, { required: true });
        if (category !== null && known?.has(category) === false)
          faults.add(
            `${seatPath}.category`,
            `is ${JSON.stringify(category)}, which is not one of the plan's categories`,
          );
        const label = read.name(seat, 'seat_label', seatPath) ?? '';
        const at = read.position(seat, seatPath, { required: true });
        const x = tidyPosition(origin.x + offset.x + at.x);
        const y = tidyPosition(origin.y + offset.y + at.y);
        for (const axis of [x, y]) {
          const why = whyNotPosition(axis);
          if (why !== null) faults.add(`${seatPath}.position`, `with its zone's and row's ${why}`);
        }
        const where = JSON.stringify([section, rowNumber, number]);
        if (labels.has(where)) ignored.add('seats named like another (same zone, row and number)');
        labels.add(where);
        // A placeholder keeps the count of seats right; it is never stored, because there is a fault then.
        seats.push({
          guid: guid ?? '',
          section,
          row: rowNumber ?? '',
          number: number ?? '',
          category: category ?? '',
          x,
          y,
          accessible: saysWheelchair(label) || saysWheelchair(category ?? ''),
        });
      });
    });
  });
  if (seats.length === 0 && faults.total === 0) faults.add('zones', 'have no seats');
  if (faults.total > 0) return { ok: false, faults: faults.faults, total: faults.total };
  return { ok: true, name, categories, seats, ignored: ignored.list() };

  function readCategories(from: Obj): SeatMapCategory[] {
    const found: SeatMapCategory[] = [];
    const places = new Map<string, string>();
    read.each(from, 'categories', '', (category, path) => {
      read.extras(category, 'category', ['name', 'color']);
      const categoryName = read.name(category, 'name', path, { required: true, filled: true });
      const color = read.name(category, 'color', path);
      if (color !== null && !isPlainColor(color)) ignored.add('category colors that are not plain');
      if (categoryName === null) return;
      const first = places.get(categoryName);
      if (first === undefined) places.set(categoryName, path);
      else
        faults.add(
          `${path}.name`,
          `is ${JSON.stringify(categoryName)} as in ${first}; categories need different names`,
        );
      found.push({ name: categoryName, color: color !== null && isPlainColor(color) ? color : null });
    });
    return found;
  }
};

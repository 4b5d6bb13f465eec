import { describe, expect, it } from 'vitest';
import { seatingPlan } from '../testing/seating-plan.ts';
import { parseSeatingPlan } from './parse-seating-plan.ts';

const faultsOf = (plan: unknown) => {
  const parsed = parseSeatingPlan(typeof plan === 'string' ? plan : JSON.stringify(plan));
  return parsed.ok ? [] : parsed.faults.map((fault) => `${fault.place}: ${fault.message}`);
};
/** A valid plan with one thing replaced, by path. */
const planWith = (...changes: [path: string, value: unknown][]) => {
  const plan: unknown = structuredClone(seatingPlan());
  for (const [path, value] of changes) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
    const last = keys.pop() ?? '';
    const owner = keys.reduce((at, key) => (at as Record<string, unknown>)[key], plan) as Record<
      string,
      unknown
    >;
    if (value === undefined) delete owner[last];
    else owner[last] = value;
  }
  return plan;
};

describe('a seating plan', () => {
  it('gives each seat its absolute position, its zone as section, and the categories with their colors', () => {
    expect(parseSeatingPlan(JSON.stringify(seatingPlan({ rows: 2, seatsPerRow: 1 })))).toEqual({
      ok: true,
      name: 'Small hall',
      categories: [
        { name: 'Front', color: '#0000ff' },
        { name: 'Back', color: '#0011ff' },
      ],
      seats: [
        {
          guid: 'Stalls-1-1',
          section: 'Stalls',
          row: '1',
          number: '1',
          category: 'Front',
          x: 100,
          y: 50.5,
          accessible: false,
        },
        {
          guid: 'Stalls-2-1',
          section: 'Stalls',
          row: '2',
          number: '1',
          category: 'Back',
          x: 100,
          y: 80.5,
          accessible: false,
        },
      ],
      ignored: [],
    });
  });

  it('is read with a byte order mark, CRLF, without optional properties', () => {
    const text = JSON.stringify(
      planWith(['size', undefined], ['zones[0].name', undefined], ['zones[0].areas', undefined]),
      null,
      2,
    );
    const parsed = parseSeatingPlan(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok && parsed.seats.every((seat) => seat.section === '')).toBe(true);
  });

  it.each<[path: string, value: unknown, fault: string]>([
    ['name', undefined, 'name: is missing'],
    ['name', 7, 'name: must be a string'],
    ['size', 'big', 'size: must be an object {width, height}'],
    ['size.width', 'wide', 'size.width: must be a number'],
    ['categories', undefined, 'categories: is missing'],
    [
      'categories[1].name',
      'Front',
      'categories[1].name: is "Front" as in categories[0]; categories need different names',
    ],
    ['zones', {}, 'zones: must be a list'],
    ['zones', [], 'zones: have no seats'],
    ['zones[0]', null, 'zones[0]: must be an object'],
    ['zones[0].name', 5, 'zones[0].name: must be a string'],
    ['zones[0].position', undefined, 'zones[0].position: is missing'],
    ['zones[0].position.y', '1', 'zones[0].position.y: must be a number'],
    ['zones[0].rows', undefined, 'zones[0].rows: is missing'],
    ['zones[0].areas', {}, 'zones[0].areas: must be a list'],
    ['zones[0].rows[1].seats', [], 'zones[0].rows[1].seats: is empty; a row needs seats'],
    ['zones[0].rows[1].seats', undefined, 'zones[0].rows[1].seats: is missing'],
    [
      'zones[0].rows[1].row_number',
      '1',
      'zones[0].rows[1].row_number: is "1" as in zones[0].rows[0]; rows of a zone need different numbers',
    ],
    ['zones[0].rows[1].row_number', 2, 'zones[0].rows[1].row_number: must be a string'],
    ['zones[0].rows[1].position', 3, 'zones[0].rows[1].position: must be an object {x, y}'],
    [
      'zones[0].rows[1].seats[2].seat_guid',
      'Stalls-1-1',
      'zones[0].rows[1].seats[2].seat_guid: is "Stalls-1-1" as in zones[0].rows[0].seats[0]; each seat needs its own',
    ],
    ['zones[0].rows[1].seats[2].seat_guid', ' ', 'zones[0].rows[1].seats[2].seat_guid: must not be empty'],
    [
      'zones[0].rows[1].seats[2].seat_guid',
      'a\u0000b',
      'zones[0].rows[1].seats[2].seat_guid: has control characters',
    ],
    [
      'zones[0].rows[1].seats[2].seat_guid',
      '\ud800',
      'zones[0].rows[1].seats[2].seat_guid: has control characters',
    ],
    [
      'zones[0].rows[1].seats[2].seat_guid',
      'x'.repeat(201),
      'zones[0].rows[1].seats[2].seat_guid: is longer than 200 characters',
    ],
    ['zones[0].rows[1].seats[2].seat_number', undefined, 'zones[0].rows[1].seats[2].seat_number: is missing'],
    [
      'zones[0].rows[1].seats[2].category',
      'toString',
      `zones[0].rows[1].seats[2].category: is "toString", which is not one of the plan's categories`,
    ],
    [
      'zones[0].rows[1].seats[2].position',
      [],
      'zones[0].rows[1].seats[2].position: must be an object {x, y}',
    ],
    [
      'zones[0].rows[1].seats[2].position.x',
      1e7,
      'zones[0].rows[1].seats[2].position.x: must be a number between -1000000 and 1000000',
    ],
  ])('with %s set to %j is refused, naming the place', (path, value, fault) => {
    expect(faultsOf(planWith([path, value]))[0]).toEqual(fault);
  });

  it('is refused with all of its faults, not only the first', () => {
    const plan = planWith(
      ['name', undefined],
      ['zones[0].rows[0].seats[0].category', 'Nowhere'],
      ['zones[0].rows[1].row_number', '1'],
      ['zones[0].rows[1].seats[2]', 'a seat'],
    );
    expect(faultsOf(plan)).toHaveLength(4);
  });

  it('says where JSON breaks, and takes nothing that is no plan', () => {
    expect(faultsOf('{"name": "x",\n "zones": [1,,2]}')).toEqual(['line 2, column 14: is not valid JSON']);
    for (const text of ['', 'null', '[]', '"plan"', '12']) expect(faultsOf(text)).toHaveLength(1);
  });

  it.each([
    ['brackets', '['.repeat(1_000_000)],
    ['objects', `${'{"zones":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    [
      'a valid plan with a deep extra',
      JSON.stringify(seatingPlan()).replace(
        '"size"',
        `"extra":${'['.repeat(5_000)}${']'.repeat(5_000)},"size"`,
      ),
    ],
  ])('that nests deeply is refused before it is parsed: %s', (_what, text) => {
    expect(faultsOf(text)).toEqual(['the file: nests too deeply to be a seating plan']);
  });

  it('may hold brackets in its names', () => {
    expect(faultsOf(planWith(['zones[0].name', '[{'.repeat(40)], ['name', '"\\"[['.repeat(10)]))).toEqual([]);
  });

  it('larger than the limit is refused unread', () => {
    expect(faultsOf(' '.repeat(32 * 1024 * 1024 + 1))).toEqual(['the file: is larger than 32 MB']);
  });

  it('tells once what it read over', () => {
    const plan = planWith(
      ['uuid', 'x'],
      ['zones[0].uuid', 'y'],
      ['zones[0].zone_id', 'z'],
      ['zones[0].rows[0].row_number_position', 'start'],
      ['zones[0].rows[1].row_number_position', 'start'],
      ['zones[0].areas', [{ shape: 'circle' }, {}]],
      ['categories[0].color', 'url(javascript:x)'],
    );
    const parsed = parseSeatingPlan(JSON.stringify(plan));
    expect(parsed.ok && parsed.ignored).toEqual([
      'plan property uuid (1)',
      'category colors that are not plain (1)',
      'zone property uuid (1)',
      'zone property zone_id (1)',
      'areas (drawings) (2)',
      'row property row_number_position (2)',
    ]);
    expect(parsed.ok && parsed.categories[0]?.color).toBeNull();
  });

  it('does not drown in made-up properties', () => {
    const extras = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`.padEnd(300, 'x'), i]));
    const parsed = parseSeatingPlan(JSON.stringify({ ...seatingPlan(), ...extras }));
    expect(parsed.ok && parsed.ignored).toHaveLength(51);
    expect(parsed.ok && parsed.ignored.at(-1)).toBe('other things (450)');
  });

  it('takes a place for a wheelchair place only when its label or category says so unmistakably', () => {
    const plan = planWith(
      ['zones[0].rows[0].seats[0].seat_label', 'Wheelchair space'],
      ['zones[0].rows[0].seats[1].seat_label', 'Wheelchair companion'],
      ['zones[0].rows[0].seats[2].seat_label', 'Not accessible'],
    );
    const parsed = parseSeatingPlan(JSON.stringify(plan));
    expect(parsed.ok && parsed.seats.map((seat) => seat.accessible)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is refused at the seat after the 100,000th, once', () => {
    expect(faultsOf(seatingPlan({ rows: 1_000, seatsPerRow: 100 }))).toEqual([]);
    expect(faultsOf(seatingPlan({ rows: 1_001, seatsPerRow: 100 }))).toEqual([
      'zones[0].rows[1000].seats[0]: is one seat too many; a map holds up to 100000 seats',
    ]);
  });
});

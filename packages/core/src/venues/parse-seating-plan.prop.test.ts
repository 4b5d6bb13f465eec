import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSeatCsv } from './parse-seat-csv.ts';
import { parseSeatingPlan } from './parse-seating-plan.ts';

const word = fc.stringMatching(/^[A-Za-z0-9 äß'",;/%-]{1,12}$/).map((text) => text.trim() || 'x');
const coordinate = fc.double({ min: -1_000, max: 1_000, noNaN: true }).map((n) => Math.round(n * 100) / 100);
const position = fc.record({ x: coordinate, y: coordinate });

/** Valid plans: any zones, rows and seats, guids by place, some with unknown extras. */
const plan = fc
  .record({
    name: word,
    categories: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
    zones: fc.array(
      fc.record({
        name: fc.option(word, { nil: undefined }),
        position,
        rows: fc.array(
          fc.record({
            position: fc.option(position, { nil: undefined }),
            seats: fc.array(fc.record({ position, n: fc.nat() }), { minLength: 1, maxLength: 5 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    extra: fc.boolean(),
  })
  .map(({ name, categories, zones, extra }) => ({
    name,
    categories: categories.map((category) => ({ name: category })),
    zones: zones.map((zone, z) => ({
      ...zone,
      ...(extra ? { uuid: `${z}` } : {}),
      rows: zone.rows.map((row, r) => ({
        row_number: `${r + 1}`,
        ...row,
        seats: row.seats.map((seat, s) => ({
          seat_guid: `${z}/${r}/${s}`,
          seat_number: `${s + 1}`,
          category: categories[seat.n % categories.length],
          position: seat.position,
          ...(extra ? { colour: 'red' } : {}),
        })),
      })),
    })),
  }));

type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;
type Fault = { readonly place: string; readonly plant: (plan: Plan) => void };

/** Faults that can be planted in any seat or row, each with the place that must be named. */
const faultAt = (z: number, r: number, s: number, kind: number): Fault => {
  const path = `zones[${z}].rows[${r}].seats[${s}]`;
  const seat = (p: Plan) => p.zones[z]?.rows[r]?.seats[s] as unknown as Record<string, unknown>;
  const faults: Fault[] = [
    { place: `${path}.seat_guid`, plant: (p) => delete seat(p).seat_guid },
    { place: `${path}.seat_number`, plant: (p) => Object.assign(seat(p), { seat_number: 4 }) },
    {
      place: `${path}.category`,
      plant: (p) => Object.assign(seat(p), { category: 'not declared anywhere' }),
    },
    { place: `${path}.position.y`, plant: (p) => Object.assign(seat(p), { position: { x: 1 } }) },
    { place: `zones[${z}].position`, plant: (p) => Object.assign(p.zones[z] ?? {}, { position: 'here' }) },
  ];
  return faults[kind % faults.length] ?? { place: '', plant: () => undefined };
};

describe('importing any valid plan', () => {
  it('keeps every seat in order, with its guid, names, category and absolute position', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const parsed = parseSeatingPlan(JSON.stringify(p));
        const expected = p.zones.flatMap((zone) =>
          zone.rows.flatMap((row) =>
            row.seats.map((seat) => ({
              guid: seat.seat_guid,
              section: zone.name ?? '',
              row: row.row_number,
              number: seat.seat_number,
              category: seat.category,
              x: expect.closeTo(zone.position.x + (row.position?.x ?? 0) + seat.position.x, 4),
              y: expect.closeTo(zone.position.y + (row.position?.y ?? 0) + seat.position.y, 4),
              accessible: false,
            })),
          ),
        );
        expect(parsed.ok && parsed.seats).toEqual(expected);
      }),
    );
  });

  it('finds each planted fault at its place', () => {
    fc.assert(
      fc.property(
        plan,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
        (p, picks) => {
          const places = picks.map(([a, b, c, kind]) => {
            const z = a % p.zones.length;
            const r = b % (p.zones[z]?.rows.length ?? 1);
            const s = c % (p.zones[z]?.rows[r]?.seats.length ?? 1);
            const fault = faultAt(z, r, s, kind);
            fault.plant(p);
            return fault.place;
          });
          const parsed = parseSeatingPlan(JSON.stringify(p));
          const found = parsed.ok ? [] : parsed.faults.map((fault) => fault.place);
          expect(new Set(found)).toEqual(new Set(places));
        },
      ),
    );
  });

  it('never throws, whatever JSON or text it gets', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => typeof parseSeatingPlan(text).ok === 'boolean'),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', '1') }),
        (text) => typeof parseSeatCsv(text).ok === 'boolean',
      ),
    );
  });
});

describe('importing any valid seat list', () => {
  it('round-trips through quoted CSV in each delimiter', () => {
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    const seat = fc.record({
      section: word,
      row: word,
      category: word,
      x: coordinate,
      y: coordinate,
      accessible: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(seat, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        (seats, delimiter) => {
          const lines = seats.map((s, i) =>
            [
              quoted(s.section),
              quoted(s.row),
              `${i}`,
              quoted(s.category),
              `${s.x}`,
              `${s.y}`,
              s.accessible ? 'yes' : '',
            ].join(delimiter),
          );
          const parsed = parseSeatCsv(
            [['section', 'row', 'seat', 'category', 'x', 'y', 'accessible'].join(delimiter), ...lines].join(
              '\r\n',
            ),
          );
          expect(parsed.ok && parsed.seats.map(({ guid: _guid, ...rest }) => rest)).toEqual(
            seats.map((s, i) => ({ ...s, number: `${i}`, x: s.x + 0, y: s.y + 0 })),
          );
        },
      ),
    );
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { theatrePlan } from './theatre-plan.ts';

const seats = theatrePlan.zones.flatMap((zone) =>
  zone.rows.flatMap((row) =>
    row.seats.map((seat) => ({
      ...seat,
      x: zone.position.x + row.position.x + seat.position.x,
      y: zone.position.y + row.position.y + seat.position.y,
    })),
  ),
);

test('the committed seating plan is the one that is drawn here', () => {
  const file = new URL('../../data/aurora-theatre.seating-plan.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(theatrePlan);
});

test('it has 400 seats in three categories, each with an id of its own', () => {
  expect(new Set(seats.map((seat) => seat.seat_guid)).size).toBe(400);
  const count = (category: string) => seats.filter((seat) => seat.category === category).length;
  expect([count('Premium'), count('Standard'), count('Balcony')]).toEqual([68, 184, 148]);
});

test('no two seats overlap and all are inside the drawing', () => {
  for (const [n, a] of seats.entries()) {
    expect(a.x).toBeGreaterThan(0);
    expect(a.x).toBeLessThan(theatrePlan.size.width);
    expect(a.y).toBeLessThan(theatrePlan.size.height);
    for (const b of seats.slice(n + 1)) {
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20);
    }
  }
});

import { readFileSync } from 'node:fs';

type Plan = { zones: { rows: { seats: { seat_guid: string }[] }[] }[] };

/** Unit ids of a seating plan's seats in the plan's order: the order of the compact seat string. */
export const planSeatUnitIds = (file: URL): string[] => {
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  return plan.zones.flatMap((zone) =>
    zone.rows.flatMap((row) => row.seats.map((seat) => `s:${seat.seat_guid}`)),
  );
};

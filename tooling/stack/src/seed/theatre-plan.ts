/** The parts of the seating-plan format that this plan uses. Positions are pixels, relative to what contains them. */
type Position = { readonly x: number; readonly y: number };
type PlanSeat = {
  readonly seat_guid: string;
  readonly seat_number: string;
  readonly category: string;
  readonly position: Position;
};
type PlanRow = {
  readonly row_number: string;
  readonly position: Position;
  readonly seats: readonly PlanSeat[];
};
type PlanZone = {
  readonly name: string;
  readonly position: Position;
  readonly rows: readonly PlanRow[];
  readonly areas: readonly object[];
};
type Plan = {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly categories: readonly { readonly name: string; readonly color: string }[];
  readonly zones: readonly PlanZone[];
};

const SEAT_PITCH = 25;
const ROW_PITCH = 30;
/** The centre aisle, as wide as two seats. */
const AISLE = 2 * SEAT_PITCH;
const STAGE: Position = { x: 600, y: 60 };

const rounded = (value: number): number => Math.round(value * 10) / 10;

type RowShape = {
  readonly label: string;
  readonly seats: number;
  readonly radius: number;
  readonly category: string;
};

/** One row on an arc around the stage, split by the centre aisle, numbered from left to right. */
const arcRow = (zone: string, { label, seats, radius, category }: RowShape): PlanRow => ({
  row_number: label,
  position: { x: 0, y: radius },
  seats: Array.from({ length: seats }, (_, n) => {
    const fromCentre = n - (seats - 1) / 2;
    const along = fromCentre * SEAT_PITCH + (Math.sign(fromCentre) * (AISLE - SEAT_PITCH)) / 2;
    const angle = along / radius;
    return {
      seat_guid: `${zone.toLowerCase()}-${label}-${n + 1}`,
      seat_number: String(n + 1),
      category,
      position: { x: rounded(radius * Math.sin(angle)), y: rounded(radius * Math.cos(angle) - radius) },
    };
  }),
});

const letters = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => String.fromCharCode(from.charCodeAt(0) + n));

/** 12 rows of 16 to 26 seats: 252. The first four are Premium. */
const stalls = letters('A', 12).map((label, n) =>
  arcRow('Stalls', {
    label,
    seats: 16 + 2 * Math.floor(n / 2),
    radius: 260 + n * ROW_PITCH,
    category: n < 4 ? 'Premium' : 'Standard',
  }),
);

/** 6 rows of 22 to 26 seats: 148. */
const balcony = letters('A', 6).map((label, n) =>
  arcRow('Balcony', {
    label: label + label,
    seats: [22, 24, 24, 26, 26, 26][n] ?? 26,
    radius: 720 + n * ROW_PITCH,
    category: 'Balcony',
  }),
);

const stage = {
  position: { x: -220, y: 0 },
  width: 440,
  height: 110,
  color: '#2b2b33',
  border_color: '#000000',
  rotation: 0,
  text: 'Stage',
};

/** A theatre of 400 seats in three categories, as the seating-plan editor would export it. */
export const theatrePlan: Plan = {
  name: 'Aurora Theatre',
  size: { width: 1200, height: 1000 },
  categories: [
    { name: 'Premium', color: '#c9a227' },
    { name: 'Standard', color: '#3a7ca5' },
    { name: 'Balcony', color: '#7d5ba6' },
  ],
  zones: [
    { name: 'Stalls', position: STAGE, rows: stalls, areas: [stage] },
    { name: 'Balcony', position: STAGE, rows: balcony, areas: [] },
  ],
};

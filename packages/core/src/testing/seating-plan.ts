/** A valid seating plan in the interchange format: one zone, `rows` rows of `seatsPerRow`, categories taken in turn by row. */
export const seatingPlan = ({
  rows = 2,
  seatsPerRow = 3,
  categories = ['Front', 'Back'],
  zone = 'Stalls',
}: {
  rows?: number;
  seatsPerRow?: number;
  categories?: readonly string[];
  zone?: string;
} = {}) => ({
  name: 'Small hall',
  size: { width: 800, height: 600 },
  categories: categories.map((name, i) => ({
    name,
    color: `#00${(i % 10).toString()}${(i % 10).toString()}ff`,
  })),
  zones: [
    {
      name: zone,
      position: { x: 100, y: 50.5 },
      rows: Array.from({ length: rows }, (_, r) => ({
        row_number: `${r + 1}`,
        position: { x: 0, y: r * 30 },
        seats: Array.from({ length: seatsPerRow }, (_seat, s) => ({
          seat_guid: `${zone}-${r + 1}-${s + 1}`,
          seat_number: `${s + 1}`,
          category: categories[Math.min(r, categories.length - 1)] ?? '',
          position: { x: s * 25, y: 0 },
        })),
      })),
      areas: [],
    },
  ],
});

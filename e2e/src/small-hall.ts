/** Two rows of four seats in one category, `Stalls`, as CSV. */
export const smallHall = {
  format: 'csv' as const,
  content: [
    'section,row,seat,category,x,y,accessible',
    ...['A', 'B'].flatMap((row, y) =>
      [1, 2, 3, 4].map((seat) => `Main,${row},${seat},Stalls,${seat * 20},${y * 30},no`),
    ),
  ].join('\n'),
};

export const seatOf = (row: string, seat: number): string => `s:Main/${row}/${seat}`;

/** A hall as CSV in which every row has two seats: a pair strands nobody. */
export const pairRows = (seats: number): string =>
  [
    'section,row,seat,category,x,y',
    ...Array.from({ length: seats }, (_, n) => {
      const row = Math.floor(n / 2);
      const [x, y] = [Math.floor(row / 500) * 100 + (n % 2) * 10, (row % 500) * 10];
      return `Hall,${row + 1},${(n % 2) + 1},Hall,${x},${y}`;
    }),
  ].join('\n');

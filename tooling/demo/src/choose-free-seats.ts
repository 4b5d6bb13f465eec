import { seatStateAt } from '@eventhorizon/core/inventory/availability';

/** Unit ids of `quantity` seats in a row of the plan that looked free, starting somewhere at random; fewer: none found. */
export const chooseFreeSeats = (
  seatsBase64: string,
  unitIds: readonly string[],
  quantity: number,
  random: () => number,
): string[] => {
  const states = Buffer.from(seatsBase64, 'base64');
  const from = Math.floor(random() * unitIds.length);
  for (let step = 0; step < unitIds.length; step += 1) {
    const start = (from + step) % unitIds.length;
    const block = unitIds.slice(start, start + quantity);
    if (block.length === quantity && block.every((_, i) => seatStateAt(states, start + i) === 'free'))
      return block;
  }
  return [];
};

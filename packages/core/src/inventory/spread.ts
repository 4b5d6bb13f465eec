/** A well mixed number from 0 up to 2^32 of a seed and a step. Not for secrets. (Final mix of MurmurHash3.) */
export const mix = (seed: number, step: number): number => {
  let h = (seed ^ Math.imul(step + 1, 0x9e3779b9)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
};

/** A seed out of an id, so that the same request always chooses the same, and different ones differ. */
export const seedOf = (id: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return h;
};

/**
 * Some of a list that is best first: the three best, then one out of each next 4, 8, 16, …, chosen by the seed. A lone buyer
 * gets the best; of thousands who look at the same list each soon has an entry of their own.
 */
export const spread = <T>(best: readonly T[], seed: number): T[] => {
  const chosen = best.slice(0, 3);
  for (let from = 3, width = 4; from < best.length; from += width, width *= 2) {
    const span = Math.min(width, best.length - from);
    const entry = best[from + (mix(seed, from) % span)];
    if (entry !== undefined) chosen.push(entry);
  }
  return chosen;
};

/** The smallest value that at least `share` of the values do not exceed (nearest rank); NaN of nothing. */
export const nearestRank = (values: readonly number[], share: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => nearestRank(values, 0.5);

/** At most `perSecond` takes a second on average, and as many at once. */
export type TokenBucket = { readonly has: () => boolean; readonly take: () => void };

/** `perSecond` null: no limit. `now` in milliseconds. */
export const tokenBucket = (perSecond: number | null, now: () => number): TokenBucket => {
  if (perSecond === null) return { has: () => true, take: () => undefined };
  let tokens = perSecond;
  let filledAt = now();
  const refill = () => {
    const at = now();
    tokens = Math.min(perSecond, tokens + ((at - filledAt) / 1_000) * perSecond);
    filledAt = at;
  };
  return {
    has: () => {
      refill();
      return tokens >= 1;
    },
    take: () => {
      tokens -= 1;
    },
  };
};

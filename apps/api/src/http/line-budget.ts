/** Whether there is room for one more line: how many were left out since the last one, or null when this one is left out too. */
export type LineBudget = () => number | null;

/**
 * At most `perSecond` lines a second. In a rush the log would cost more than the answers it tells of, and nobody could read it; what is left
 * out is counted, and metrics count everything.
 */
export const createLineBudget = (
  perSecond: number,
  nowMs: () => number = () => performance.now(),
): LineBudget => {
  let until = 0;
  let left = 0;
  let leftOut = 0;
  return () => {
    const now = nowMs();
    if (now >= until) {
      until = now + 1_000;
      left = perSecond;
    }
    if (left === 0) {
      leftOut += 1;
      return null;
    }
    left -= 1;
    const before = leftOut;
    leftOut = 0;
    return before;
  };
};
